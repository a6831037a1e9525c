"""The example that is shipped, the digital targets of the European Union: no code is about the first catalogue."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tracking.__main__ import main
from tracking.catalogue import Catalogue, load_catalogue
from tracking.model import LANGUAGES, Check, Standing
from tracking.status import judge_all

GOALS = Path(__file__).resolve().parents[1] / "examples/eu-digital-decade/goals"
DAY = date(2026, 11, 26)
OF_THE_FIRST = re.compile(r"\bChina|\bChinese|中国|miit", re.IGNORECASE)
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def example() -> Catalogue:
    return load_catalogue(GOALS)


def test_every_target_of_the_decision_is_there_with_the_document_and_a_place_of_its_own(example: Catalogue) -> None:
    targets = [target for _, _, target in example.targets()]
    assert sorted(t.position or 0 for t in targets) == list(range(1, 14))
    assert {t.document for t in targets} == {"decision-2022-2481"}


def test_its_verdicts_rest_on_figures_that_were_read(example: Catalogue) -> None:
    judged = [j for found in judge_all(example, DAY).values() for j in found if j.assessment.is_judged]
    assert {j.assessment.standing for j in judged} == {Standing.ON_TRACK, Standing.BEHIND}
    assert {o.check for j in judged for o in j.assessment.used} == {Check.READ}


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_status_names_no_other_country_and_no_other_language(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["status", "--goals", str(GOALS), "--as-of", str(DAY), "--lang", language]) == 0
    said = capsys.readouterr().out
    assert not OF_THE_FIRST.search(said)
    assert bool(CHINESE.search(said)) is (language == "zh")


def test_its_figures_leave_as_a_file(tmp_path: Path) -> None:
    to = tmp_path / "figures.json"
    assert main(["export", "figures", "--goals", str(GOALS), "--as-of", str(DAY), "--to", str(to)]) == 0
    whole = json.loads(to.read_text(encoding="utf-8"))
    assert whole["title"] == "EU Digital Decade Tracker"
    assert not OF_THE_FIRST.search(to.read_text(encoding="utf-8"))


def test_it_is_published_in_its_own_language_with_its_translation_beside_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert main(["publish", str(site), "--goals", str(GOALS), "--as-of", str(DAY)]) == 0
    english, chinese = (
        (site / language / "documents/decision-2022-2481.html").read_text() for language in ("en", "zh")
    )
    title = "Decision (EU) 2022/2481 of the European Parliament"
    assert f'<p lang="en">{title}' in chinese and f'<p lang="en">{title}' not in english
    assert '<small lang="en">State of the Digital Decade 2025</small>' in (site / "zh/documents/index.html").read_text()
    goal = (site / "en/goals/digital-skills.html").read_text()
    assert "a digitally skilled population" in goal and not CHINESE.search(re.sub(r"中文", "", goal))
    for page in (site / "en").rglob("*.html"):
        assert not OF_THE_FIRST.search(page.read_text()), page
