"""The editor of the Edit page is built again from its sources: what is committed is what comes out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "views" / "editor" / "built"


def test_what_is_built_from_the_sources_is_what_is_served(tmp_path: Path) -> None:
    house, out = tmp_path / "editor", tmp_path / "out"
    shutil.copytree(BUILT.parent, house, ignore=shutil.ignore_patterns("node_modules"))
    out.mkdir()
    with_ours = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command in ("npm ci --ignore-scripts --no-audit --no-fund", f"node build.mjs {out}"):
        subprocess.run(command.split(), cwd=house, check=True, env=with_ours)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {p.name: p.read_bytes() for p in BUILT.iterdir()}
