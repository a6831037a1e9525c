"""A YAML language server as an editor starts it, and what an editor asks of it. One process, one folder."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.conftest import NODE

SERVER = Path(__file__).resolve().parents[2] / ".venv/editors/node_modules/.bin/yaml-language-server"


class LanguageServer:
    """Speaks the Language Server Protocol over a pipe."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process, self._numbers = process, count(1)
        self._told: list[dict[str, Any]] = []

    def ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        return self._until(lambda message: message.get("id") == number and "method" not in message)["result"]

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Opens a text as if it stood at the path; what is wrong with it."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": next(self._numbers), "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        told = self._until(lambda m: m.get("method", "").endswith("publishDiagnostics") and m["params"]["uri"] == uri)
        return list(told["params"]["diagnostics"])

    def complete(self, path: Path, line: int, character: int) -> dict[str, str]:
        """What may stand there, each with what is said of it. Lines and characters from 0."""
        found = self.ask("textDocument/completion", textDocument={"uri": path.as_uri()},
                         position={"line": line, "character": character})  # fmt: skip
        return {item["label"]: _plain(item.get("documentation", "")) for item in found["items"]}

    def hover(self, path: Path, line: int, character: int) -> str:
        found = self.ask("textDocument/hover", textDocument={"uri": path.as_uri()},
                         position={"line": line, "character": character})  # fmt: skip
        return _plain(found["contents"])

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            message = self._next()
            if wanted(message):
                return message
            if "id" in message and "method" in message:  # the server asks for settings; there are none
                items = (message.get("params") or {}).get("items", [])
                self._send({"id": message["id"], "result": [None] * len(items)})

    def _next(self) -> dict[str, Any]:
        out = self._process.stdout
        assert out is not None
        size = 0
        while (line := out.readline().strip()) or not size:
            assert line, "the language server has ended"
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        return dict(json.loads(out.read(size)))


def _plain(said: Any) -> str:
    return str(said["value"]) if isinstance(said, dict) else str(said)


@contextmanager
def language_server(folder: Path) -> Iterator[LanguageServer]:
    """The server, told that it serves a folder. It reads schemas of that folder and asks nobody else for any."""
    command = [str(NODE), str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        server = LanguageServer(process)
        markdown = {"documentationFormat": ["markdown"], "snippetSupport": True}
        able = {"textDocument": {"completion": {"completionItem": markdown},
                                 "hover": {"contentFormat": ["markdown"]}}}  # fmt: skip
        server.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=able)
        server.tell("initialized")
        store = {"enable": False}
        settings = {"yaml": {"schemaStore": store, "completion": True, "hover": True, "validate": True}}
        server.tell("workspace/didChangeConfiguration", settings=settings)
        yield server
        process.terminate()
