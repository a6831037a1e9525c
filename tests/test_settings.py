"""How the dashboard is installed and served: the settings that a reader never sees and relies on."""

from __future__ import annotations

import re
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit import config as streamlit_config

ROOT = Path(__file__).resolve().parent.parent
SETTINGS: dict[str, dict[str, Any]] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
REQUIREMENT_FILES = (
    "requirements.txt", "requirements-sdmx.txt", "requirements-login.txt", "requirements-dev.txt",
    "requirements-bench.txt",
)  # fmt: skip
THEMES = ("light", "dark")

GUARANTEED = {
    "server.address": "127.0.0.1",
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
}


def settings_given() -> list[str]:
    """Every setting of config.toml by the name Streamlit knows it under: theme.light.textColor."""

    def walk(table: dict[str, Any], prefix: str) -> list[str]:
        return [
            name
            for key, value in table.items()
            for name in (walk(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key])
        ]

    return walk(SETTINGS, "")


def requirements(file: str) -> list[tuple[str, str, bool]]:
    """Name, bounds (without the machines that it is for), and whether the line above says what the package is for."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    package = re.compile(r"(\w[\w.-]*)(?:\[[\w,-]+\])?\s*([^;]*)")
    packages = [(package.match(line), above) for above, line in pairwise(["", *lines])]
    return [(match[1], match[2], above.startswith("# ")) for match, above in packages if match]


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / "constraints.txt").read_text("utf-8"), re.M)
    return {normalised(name): version for name, version in pins}


def our_files() -> list[Path]:
    """What git holds or would hold; without git, everything that is not installed or cached."""
    try:
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
        files = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        files = [path for path in ROOT.rglob("*") if not re.search(r"/\.venv/|/\.git/|cache", path.as_posix())]
    return [path for path in files if path.is_file()]


def lines_matching(pattern: str) -> list[str]:
    found = []
    for path in our_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:  # a picture
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two #RRGGBB colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def blended(colour: str, ground: str, opacity: float) -> str:
    pairs = [(int(colour[place : place + 2], 16), int(ground[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02X}" for a, b in pairs)


@pytest.mark.parametrize(("name", "value"), GUARANTEED.items())
def test_the_dashboard_is_served_with(name: str, value: object) -> None:
    section, key = name.split(".")
    assert SETTINGS[section][key] == value


@pytest.mark.parametrize("name", settings_given())
def test_the_installed_streamlit_knows_the_setting(name: str) -> None:
    # Streamlit only warns about a setting it does not know, and hidden ones may go without notice.
    assert name in streamlit_config.get_config_options()


def test_the_dashboard_opens_under_the_loopback_names_and_no_other() -> None:
    assert sorted(SETTINGS["server"]["allowedHosts"]) == ["127.0.0.1", "::1", "localhost"]


def test_no_font_of_the_theme_is_fetched_from_another_host() -> None:
    assert "://" not in SETTINGS["theme"]["font"] + SETTINGS["theme"]["headingFont"]
    assert "fontFaces" not in SETTINGS["theme"]


def test_streamlit_does_not_watch_the_code_for_it_would_watch_every_package_and_complain_where_that_is_too_many() -> (
    None
):
    assert SETTINGS["server"]["fileWatcherType"] == "none"


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_links_can_be_read_on_ground_and_panel(theme: str) -> None:
    colours = SETTINGS["theme"][theme]
    for ground in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        assert contrast(colours["textColor"], ground) >= 7
        assert contrast(colours["linkColor"], ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_chosen_one_of_several_buttons_can_be_read(theme: str) -> None:
    # Streamlit writes the chosen segment in the accent, on the accent at a tenth of its strength.
    colours = SETTINGS["theme"][theme]
    tint = blended(colours["primaryColor"], colours["backgroundColor"], 0.1)
    assert contrast(colours["primaryColor"], tint) >= 4.5


def test_the_style_of_every_page_never_looks_from_a_box_to_what_it_holds() -> None:
    """With such rules the browser weighed the whole page anew for each part placed: half of a goal's switch."""
    assert ":has(" not in (ROOT / "views/style.css").read_text("utf-8")


@pytest.mark.parametrize("file", REQUIREMENT_FILES)
def test_every_package_has_a_lower_and_an_upper_bound(file: str) -> None:
    bounded = re.compile(r">=[\d.]+,<[\d.]+")
    unbounded = [name for name, bounds, _ in requirements(file) if not bounded.fullmatch(bounds)]
    assert requirements(file)
    assert unbounded == []


@pytest.mark.parametrize("file", REQUIREMENT_FILES)
def test_every_package_says_what_it_is_for(file: str) -> None:
    assert [name for name, _, says in requirements(file) if not says] == []


@pytest.mark.parametrize("file", REQUIREMENT_FILES)
def test_every_package_is_locked_within_its_bounds(file: str) -> None:
    from packaging.specifiers import SpecifierSet

    versions = locked()
    for name, bounds, _ in requirements(file):
        assert versions[normalised(name)] in SpecifierSet(bounds), name


def test_the_packages_in_use_are_the_locked_ones() -> None:
    from importlib.metadata import version

    wanted = {normalised(name) for name, _, _ in requirements("requirements.txt")}
    assert {name: version(name) for name in wanted} == {name: locked()[name] for name in wanted}


def test_every_line_of_the_lock_is_one_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert "make lock" in lines[0]
    pinned = re.compile(r"[A-Za-z0-9._-]+==[^\s;]+( ; .+)?")
    assert [line for line in lines if not line.lstrip().startswith("#") and not pinned.fullmatch(line)] == []


def test_no_package_list_names_a_host() -> None:
    files = (*REQUIREMENT_FILES, "constraints.txt")
    assert [file for file in files if "://" in (ROOT / file).read_text("utf-8")] == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    # Addresses on the web may well have such a part: there it follows a host name.
    assert lines_matching(r"(?<![\w.:/*-])/(?:work|root|home|Users)" + r"/\w|[A-Z]:\\Users") == []


def test_no_file_names_a_private_package_index() -> None:
    options = "|".join(["index" + "-url", "find" + "-links", "trusted" + "-host"])
    assert lines_matching(rf"\b(?:{options}|(?:PIP|UV)_[A-Z_]*(?:INDEX|HOST|LINKS))\b") == []


def test_what_decides_is_what_everybody_can_run() -> None:
    run = ROOT / ".ci/run"
    assert run.stat().st_mode & 0o100, "not executable"
    assert run.read_text("utf-8").splitlines()[-2:] == ["make test", "make test-spark"]
    assert "run: make test" in (ROOT / ".github/workflows/test.yml").read_text("utf-8")
