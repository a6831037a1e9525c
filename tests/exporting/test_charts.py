"""Exported charts, opened by readers that are not ours: Pillow, an XML parser, a PDF reader, a browser off line."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import plotly.graph_objects as go
import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader

from exporting.charts import KINDS, Wanted, export, has_chinese_font, page, rendered
from exporting.errors import ExportError, Hung, NoPress, NotWritten
from exporting.press import Press, missing
from tests.conftest import Folder
from tracking.catalogue import Catalogue
from tracking.charts import ChartOptions
from tracking.charts.sheet import SIZES, Size
from tracking.look import LIGHT
from tracking.model import LANGUAGES
from tracking.picture import Asked, picture

ROOT = Path(__file__).resolve().parents[2]
NAME = {"en": "New energy vehicle sales", "zh": "新能源汽车销量"}
WRITTEN = {
    "en": ("New energy vehicle sales", "Required path", "Published figure", "Drawn by Policy Goal Tracker"),
    "zh": ("应有进度", "公布数", "目标 1,550", "政策目标追踪"),
}
WILD = "<script>alert(1)</script> & 汉字 العربية 😀"


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


@pytest.fixture(scope="module")
def sheets(shipped: Catalogue, gathered: date) -> dict[str, go.Figure]:
    return {lang: drawn(shipped, "nev-sales", gathered, lang, SIZES["a4-half"]) for lang in LANGUAGES}


def drawn(c: Catalogue, i: str, day: date, language: str, size: Size) -> go.Figure:
    figure = picture(c, Asked(i, ChartOptions(), day, language, LIGHT, size))
    assert figure is not None
    return figure


def words_of_svg(data: bytes) -> str:
    """The text elements; lines of one text one after the other."""
    texts = (t for t in fromstring(data.decode()).iter() if t.tag.endswith("}text"))
    return " ".join("".join(t.itertext()) for t in texts).replace("\u00a0", " ")


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_png_has_the_pixels_and_the_density_asked_for(press: Press, sheets: dict[str, go.Figure], scale: int) -> None:
    with Image.open(io.BytesIO(rendered(sheets["zh"], "png", 1.0, "zh", scale, press))) as image:
        assert image.size == (643 * scale, 486 * scale)
        assert image.info["dpi"] == pytest.approx((96 * scale,) * 2, abs=0.1)
        colours = image.convert("RGB").getcolors(1 << 24)
    ground = max(colours)
    assert ground[1] == (255, 255, 255) and 0.5 < ground[0] / (643 * 486 * scale**2) < 0.98


def test_a_slide_is_enlarged_to_its_size(press: Press, shipped: Catalogue, gathered: date) -> None:
    size = SIZES["slide"]
    figure = drawn(shipped, "nev-sales", gathered, "en", size)
    with Image.open(io.BytesIO(rendered(figure, "png", size.zoom, "en", 1, press))) as image:
        assert image.size == (1280, 720)
    root = fromstring(rendered(figure, "svg", size.zoom, "en", 1, press).decode())
    assert [float(root.attrib[k]) for k in ("width", "height")] == pytest.approx([1280, 720], abs=1)
    box = PdfReader(io.BytesIO(rendered(figure, "pdf", size.zoom, "en", 1, press))).pages[0].mediabox
    assert [float(box.width), float(box.height)] == pytest.approx([960, 540], abs=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_svg_and_pdf_hold_their_words_as_text(press: Press, sheets: dict[str, go.Figure], language: str) -> None:
    said = words_of_svg(rendered(sheets[language], "svg", 1.0, language, 1, press))
    pdf = PdfReader(io.BytesIO(rendered(sheets[language], "pdf", 1.0, language, 1, press)))
    assert len(pdf.pages) == 1
    written = pdf.pages[0].extract_text().replace("\n", " ")
    for text in WRITTEN[language]:
        assert text in said
        assert text in unicodedata.normalize("NFKC", written)  # fonts write 日 and the radical ⽇ by one shape


def test_a_title_is_shown_letter_by_letter_in_every_format(press: Press, folder: Folder, tmp_path: Path) -> None:
    folder.edit("goals/indicators/things.yaml", "en: Things}", f'en: "{WILD}"}}')
    figure = drawn(folder.load(), "things", date(2026, 1, 1), "en", SIZES["column"])
    svg = rendered(figure, "svg", 1.0, "en", 1, press)
    assert "<script>alert(1)</script>" in words_of_svg(svg) and "العربية" in words_of_svg(svg)
    assert not any(t.tag.endswith("}script") for t in fromstring(svg.decode()).iter())
    assert len(PdfReader(io.BytesIO(rendered(figure, "pdf", 1.0, "en", 1, press))).pages) == 1
    assert "<script>alert(1)" not in page(figure, "en")


def test_a_page_stands_alone_without_a_network(sheets: dict[str, go.Figure], tmp_path: Path, browser: Browser) -> None:
    for language in LANGUAGES:
        file = tmp_path / f"{language}.html"
        file.write_text(page(sheets[language], language), encoding="utf-8")
        context = browser.new_context(offline=True)
        tab = context.new_page()
        asked: list[str] = []
        wrong: list[str] = []
        tab.on("request", lambda r, asked=asked: asked.append(r.url))
        tab.on("console", lambda m, wrong=wrong: wrong.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda e, wrong=wrong: wrong.append(str(e)))
        tab.goto(file.as_uri())
        tab.wait_for_selector(".js-plotly-plot .main-svg")
        assert NAME[language] in tab.title()
        assert NAME[language] in (tab.text_content(".js-plotly-plot") or "")
        tab.hover(".js-plotly-plot .nsewdrag")
        assert [u for u in asked if not u.startswith(("file:", "data:", "blob:"))] == [] and wrong == []
        context.close()


def test_a_drawing_that_hangs_is_ended_and_the_next_one_succeeds(sheets: dict[str, go.Figure]) -> None:
    press = Press(patience=3)
    press.draw(sheets["en"], "svg")
    stuck = press.pid
    assert stuck is not None
    os.killpg(stuck, signal.SIGSTOP)
    with pytest.raises(Hung, match="within 3 seconds"):
        press.draw(sheets["en"], "svg")
    with pytest.raises(ProcessLookupError):
        os.kill(stuck, 0)
    press.patience = 60
    assert press.draw(sheets["en"], "svg").startswith(b"<svg")
    press.close()


def test_the_browser_ends_when_nobody_asks(sheets: dict[str, go.Figure]) -> None:
    press = Press(idle=0.5)
    press.draw(sheets["en"], "svg")
    began = press.pid
    assert began is not None
    while press.pid is not None:
        time.sleep(0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(began, 0)
    assert press.draw(sheets["en"], "svg").startswith(b"<svg")
    press.close()


@pytest.fixture
def browser_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Have the press use a browser that does something first; its temporary folders are in the folder returned."""
    with tempfile.TemporaryDirectory() as place:  # a browser's sockets do not bear long paths

        def use(script: str) -> Path:
            browser = tmp_path / "browser"
            browser.write_text(f"#!/bin/bash\n{script}\n")
            browser.chmod(0o700)
            monkeypatch.setenv("BROWSER_PATH", str(browser))
            monkeypatch.setenv("TMPDIR", place)
            monkeypatch.setattr(tempfile, "tempdir", None)  # Python asks for TMPDIR only once
            return Path(place)

        yield use


# It writes into its own folder as long as it lives, as a browser does, only without a pause.
BUSY = """
for given in "$@"; do case "$given" in --user-data-dir=*) own="${given#*=}";; esac; done
me=$$
(exec <&- >&- 2>&-; while kill -0 $me && [ -d "$own" ]; do : > "$own/$((RANDOM % 500))"; done) &
exec chromium "$@"
"""
DRAW = """
import plotly.graph_objects as go
from exporting.press import PRESS
PRESS.draw(go.Figure(layout={"width": 300, "height": 200}), "svg")
"""


def test_at_the_end_of_a_command_the_browser_is_ended_before_its_folder_is_cleared(
    browser_of: Callable[[str], Path],
) -> None:
    place = browser_of(BUSY)
    done = subprocess.run([sys.executable, "-c", DRAW], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(place.iterdir()) == []


def test_a_browser_that_does_not_start_is_ended_with_its_folders(
    sheets: dict[str, go.Figure], browser_of: Callable[[str], Path], tmp_path: Path
) -> None:
    place = browser_of(f"echo $$ > {tmp_path}/process; exec sleep 600")
    with pytest.raises(NoPress, match="did not start"):
        Press(start=3).draw(sheets["en"], "svg")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "process").read_text()), 0)
    assert list(place.iterdir()) == []


def test_without_a_browser_a_sentence_says_what_to_do_and_pages_are_still_made(
    sheets: dict[str, go.Figure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(NoPress) as error:
        Press().draw(sheets["en"], "png")
    assert "apt install chromium" in error.value.text("en") and "apt install chromium" in error.value.text("zh")
    assert missing() is not None
    assert rendered(sheets["en"], "html", 1.0, "en").startswith(b"<!doctype html>")


def test_a_folder_that_cannot_be_written_is_said(shipped: Catalogue, gathered: date, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    wanted = [Wanted(Asked("nev-sales", ChartOptions(), gathered, "en", LIGHT, SIZES["column"]))]
    with pytest.raises(NotWritten, match="could not be written"):
        list(export(shipped, wanted, ["html"], tmp_path / "taken" / "in"))


def shell(*arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    command = f'{before} exec "$0" -m tracking export charts "$@"'
    return subprocess.run(["bash", "-c", command, sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True,
                          check=False)  # fmt: skip


def test_the_shell_writes_every_kind(tmp_path: Path) -> None:
    done = shell("--to", str(tmp_path), "--indicator", "nev-sales", "--format", ",".join(KINDS), "--lang", "zh",
                 "--as-of", "2026-11-23",
                 "--size", "column", "--base-url", "https://goals.example.org")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    files = {p.suffix[1:]: p for p in tmp_path.iterdir()}
    assert set(files) == set(KINDS)
    assert "https://goals.example.org/indicator" in words_of_svg(files["svg"].read_bytes())
    assert f"写入{len(KINDS)}个文件" in done.stdout


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    done = shell(
        "--to",
        str(tmp_path),
        "--indicator",
        "nev-sales",
        "--format",
        "html",
        "--as-of",
        "2026-11-23",
        before="ulimit -f 100;",
    )
    assert done.returncode == 1 and "could not be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["nev-sale"], "nev-sale"),
        (["nev-sales", "--size", "10x10"], "“10x10” is no size. Expected slide, a4-half, square, column"),
        (["nev-sales", "--format", "gif"], "'gif' is no format"),
        (["nev-sales", "--chart", "colour=red"], "cannot show colour=red"),
        (["gdp-growth", "--chart", "scale=log"], "cannot show scale=log"),
    ],
)
def test_a_wrong_call_gets_a_sentence_and_writes_nothing(tmp_path: Path, call: list[str], said: str) -> None:
    done = shell("--to", str(tmp_path / "out"), "--as-of", "2026-11-23", "--indicator", *call)
    assert done.returncode == 2 and said in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_failure_does_not_keep_the_others(shipped: Catalogue, gathered: date, tmp_path: Path) -> None:
    press = Press()
    asked = (("nev-sales", gathered), ("nev-sales", date(1990, 1, 1)), ("gdp-growth", gathered))
    wanted = [Wanted(Asked(i, ChartOptions(), day, "en", LIGHT, SIZES["column"])) for i, day in asked]
    done = export(shipped, wanted, ["svg"], tmp_path, press=press)
    assert isinstance(next(done), Path)
    assert next(done) is None
    assert press.pid is not None
    os.killpg(press.pid, signal.SIGSTOP)
    press.patience = 2
    assert isinstance(next(done), ExportError)
    press.close()


def test_this_machine_can_write_chinese() -> None:
    assert has_chinese_font()
