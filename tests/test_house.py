"""Dependencies run one way: dashboard -> views -> editing, loaders, tracking; editing and loaders -> tracking."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NETWORK = {"socket", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ssl"}


def imported(file: Path) -> set[str]:
    """The modules that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def reaches(file: Path, *names: str) -> set[str]:
    return {m for m in imported(file) if any(m == n or m.startswith(n + ".") for n in names)}


@pytest.mark.parametrize("file", sorted(ROOT.glob("tracking/**/*.py")), ids=lambda p: p.name)
def test_the_thought_knows_no_page_no_loader_and_no_network(file: Path) -> None:
    assert reaches(file, "streamlit", "views", "loaders", "dashboard", *NETWORK) == set()
    assert reaches(file, "editing") == set() or file.parent.name == "commands"


@pytest.mark.parametrize("file", sorted(ROOT.glob("editing/**/*.py")), ids=lambda p: p.name)
def test_what_changes_files_knows_no_page_no_loader_and_no_network(file: Path) -> None:
    assert reaches(file, "streamlit", "views", "loaders", "exporting", "dashboard", *NETWORK) == set()


@pytest.mark.parametrize("file", sorted(ROOT.glob("editing/*.py")), ids=lambda p: p.name)
def test_the_name_of_a_catalogues_file_becomes_a_path_in_one_module_only(file: Path) -> None:
    joined = any(isinstance(node, ast.Name) and node.id == "folders" for node in ast.walk(ast.parse(file.read_text())))
    assert joined is False or file.name in ("folder.py", "history.py")  # history sweeps the folders


# the commands judge and keep what the loaders bring, so they know more of the thought than a loader does
COMMANDS = {"__main__.py", "refresh.py", "report.py", "remote.py", "round.py", "background.py", "providers.py",
            "watching.py"}  # fmt: skip
NOUNS = ("tracking.model", "tracking.period")
# the shipped files and a curator's tables have one strict reader each, and it is the catalogue's
READERS = {"figures.py": ("tracking.figures", "tracking.problems"), "table.py": ("tracking.strict_yaml",)}


@pytest.mark.parametrize("file", sorted(ROOT.glob("loaders/**/*.py")), ids=lambda p: p.name)
def test_a_loader_knows_only_the_nouns(file: Path) -> None:
    assert reaches(file, "streamlit", "views", "editing", "dashboard") == set()
    if file.name not in COMMANDS:
        allowed = NOUNS + READERS.get(file.name, ())
        assert {m for m in reaches(file, "tracking") if not m.startswith(allowed)} == set()


@pytest.mark.parametrize("file", sorted(ROOT.glob("loaders/**/*.py")), ids=lambda p: p.name)
def test_a_socket_is_opened_in_one_module_only(file: Path) -> None:
    assert bool(reaches(file, *NETWORK)) is (file.name == "http.py")


@pytest.mark.parametrize("file", sorted(ROOT.glob("exporting/**/*.py")), ids=lambda p: p.name)
def test_what_makes_files_knows_no_page_no_loader_and_no_network(file: Path) -> None:
    assert reaches(file, "streamlit", "views", "loaders", "dashboard", *NETWORK) == set()


@pytest.mark.parametrize("file", sorted(ROOT.glob("tracking/**/*.py")), ids=lambda p: p.name)
def test_only_commands_of_the_thought_make_files_of_charts(file: Path) -> None:
    assert reaches(file, "exporting", "kaleido") == set() or file.parent.name == "commands"


@pytest.mark.parametrize("file", [*sorted(ROOT.glob("views/**/*.py")), ROOT / "dashboard.py"], ids=lambda p: p.name)
def test_the_pages_define_no_class(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)] == []


@pytest.mark.parametrize(
    ("file", "above"),
    [
        ("period.py", ("tracking",)),
        ("model.py", ("tracking.catalogue", "tracking.assessment", "tracking.charts", "tracking.status")),
        ("figures.py", ("tracking.catalogue", "tracking.assessment", "tracking.charts", "tracking.status")),
        ("assessment.py", ("tracking.charts", "tracking.status", "tracking.sentences", "tracking.words")),
        ("projection.py", ("tracking.charts", "tracking.status", "tracking.sentences", "tracking.words")),
        ("store.py", ("tracking.catalogue", "tracking.assessment", "tracking.status", "tracking.words")),
    ],
)
def test_inside_the_thought_no_arrow_runs_back_up(file: str, above: tuple[str, ...]) -> None:
    assert reaches(ROOT / "tracking" / file, *above) == set()


@pytest.mark.parametrize("file", sorted(ROOT.glob("tracking/charts/*.py")), ids=lambda p: p.name)
def test_what_draws_asks_for_no_verdict(file: Path) -> None:
    assert reaches(file, "tracking.status", "tracking.assessment", "tracking.methods", "tracking.panel") == set()


def test_no_page_is_imported_by_what_it_imports() -> None:
    graph = {f"views.{file.stem}": reaches(file, "views") for file in ROOT.glob("views/*.py")}
    TopologicalSorter({module: known & set(graph) for module, known in graph.items()}).prepare()  # raises at a circle
