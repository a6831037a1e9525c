"""Drafts as YAML: what the document says, nothing else, and matched against what is tracked."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.conftest import Folder
from tests.tracking.drafting.marked import texts
from tracking.__main__ import main
from tracking.catalogue import Catalogue, load_catalogue
from tracking.drafting.drafts import About, Draft, drafts, notes_on, with_target
from tracking.drafting.matching import Known, Nearness, known
from tracking.drafting.reading import typed
from tracking.drafting.telling import how_sure, place_text, why_text
from tracking.model import LANGUAGES
from tracking.problems import CatalogueError

ROOT = Path(__file__).resolve().parents[3]
PLAN = About("integration-plan-14", "2021-11-30")


@pytest.fixture(scope="module")
def tracked(shipped: Catalogue) -> Known:
    return known(shipped)


def drafted(text: str, tracked: Known, about: About = PLAN) -> tuple[Draft, ...]:
    return drafts(typed(text), about, tracked)


def test_what_the_catalogue_has_already_is_recognised_with_its_indicator_and_its_target(tracked: Known) -> None:
    (text,) = [one.text for one in texts("tuning") if one.name == "integration-2021"]
    made = {draft.found.quote: draft for draft in drafted(text, tracked)}
    rate = made["关键工序数控化率达68%"]
    assert rate.match.nearness is Nearness.TRACKED
    assert rate.name == "goals/indicators/cnc-rate-key-processes.yaml" and rate.match.target is not None
    assert made["工业APP突破100万个"].match.nearness is Nearness.NEW


def test_a_new_number_for_a_tracked_indicator_is_near_and_becomes_its_next_target(tracked: Known) -> None:
    (draft,) = drafted("到2030年，关键工序数控化率达到82%。", tracked)
    assert draft.match.nearness is Nearness.NEAR and draft.is_target
    entry = yaml.safe_load(draft.yaml)
    assert (entry["form"], entry["bound"], entry["value"], entry["for"]) == ("level", "at least", 82, 2030)
    assert entry["quote"] == "关键工序数控化率达到82%" and entry["document"] == PLAN.document


def test_an_english_text_is_matched_with_another_bodys_catalogue() -> None:
    """Nothing about one country is in the rules: the communication's targets, against those of the later decision."""
    tracked = known(load_catalogue(ROOT / "examples" / "eu-digital-decade" / "goals"))
    (text,) = [one.text for one in texts("tuning") if one.name == "digital-compass-2021"]
    names = {draft.match.name for draft in drafted(text, tracked, About("", "2021-03-09")) if draft.is_tracked}
    wanted = {"basic-digital-skills", "ict-specialists", "semiconductor-share", "edge-nodes", "smes-digital-intensity"}
    assert wanted <= names and len(names) >= 7


def test_goals_in_the_other_script_and_with_notes_are_matched_like_any(tracked: Known) -> None:
    for text in ("加快建設製造強國", "加快建設(shè)制造強國"):
        (draft,) = drafted(text, tracked)
        assert draft.match.nearness is Nearness.TRACKED and draft.match.name == "manufacturing-power"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("到2025年，单位国内生产总值能源消耗比2020年下降13.5%。",
         {"form": "cumulative change", "value": 13.5, "baseline": {"period": 2020, "check": "read"}, "for": 2025}),
        ("“十四五”时期，软件业务收入年均增长12%以上。",
         {"form": "average growth", "bound": "at least", "value": 12, "span": {"from": 2021, "to": 2025}}),
        ("今年，国内生产总值增长5%左右。", {"form": "yearly value", "bound": "about", "value": 5, "tolerance": None}),
        ("到2025年，制造业机器人密度比2020年翻一番。", {"form": "multiple", "times": 2, "for": 2025}),
        ("约束性指标：到2025年，森林覆盖率达到24.1%。", {"form": "level", "value": 24.1}),
        ("By 2030, reduce emissions by 42% to 47% from 2005 levels.", {"form": "range", "value": 42, "high": 47}),
    ],
)  # fmt: skip
def test_the_form_of_a_target_is_that_of_its_words(text: str, wanted: dict[str, object], tracked: Known) -> None:
    (draft,) = drafted(text, tracked)
    entry = yaml.safe_load(draft.yaml)
    target = entry if draft.is_target else entry["targets"][0]
    assert {key: target.get(key) for key in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "name"),
    [("到2025年，高水平建成20家以上中国软件名园。", "中国软件名园"), ("到2025年，工业APP突破100万个。", "工业APP")],
)
def test_a_new_indicator_is_named_by_what_is_counted(text: str, name: str, tracked: Known) -> None:
    (draft,) = drafted(text, tracked)
    assert yaml.safe_load(draft.yaml)["name"] == {"zh": name, "en": None}


def test_what_the_document_does_not_say_is_empty_and_named_to_the_curator(tracked: Known) -> None:
    (draft,) = drafted("完成120座换电站。", tracked, About())
    entry = yaml.safe_load(draft.yaml)
    assert entry["targets"][0]["adopted"] is entry["targets"][0]["for"] is entry["direction"] is None
    assert {"adopted", "document", "for", "direction", "definition", "translation"} <= set(draft.blanks)


def filled(text: str) -> str:
    """A draft as a curator might fill it in."""
    for key, value in {"frequency": "annual", "accumulation": "period", "publisher": "office", "unit": "things",
                       "direction": "higher", "theme": "one"}.items():  # fmt: skip
        text = re.sub(rf"^{key}:$", f"{key}: {value}", text, flags=re.M)
    return re.sub(r"(zh|en): (?=[,}])", r"\1: filled", text)


def test_every_draft_of_a_text_is_a_valid_part_of_the_catalogue_once_its_blanks_are_filled(folder: Folder) -> None:
    text = "到2025年，更多的个数达到40个，换电站建成120座，绿色出行的比例达到60%，公共服务体系明显完善。"
    made = drafts(typed(text), About("plan", "2020-06-01"), known(folder.load()))
    assert len(made) == 4 and not any(draft.is_tracked for draft in made)
    for draft in made:
        path = folder.root / draft.name
        path.write_text(with_target(path.read_text("utf-8"), filled(draft.yaml)) if draft.is_target
                        else filled(draft.yaml), encoding="utf-8")  # fmt: skip
    catalogue = folder.load()
    promised = [target.value for _, _, target in catalogue.targets()]
    assert {30, 40, 120, 60} == set(promised)
    assert "公共服务体系明显完善" in {goal.statement for goal in catalogue.goals.values()}


def test_a_draft_with_blanks_is_refused_at_each_of_them(folder: Folder) -> None:
    (draft,) = drafts(typed("到2025年，换电站建成120座。"), About("plan", "2020-06-01"), known(folder.load()))
    (folder.root / draft.name).write_text(draft.yaml, encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        folder.load()
    assert len({problem.line for problem in refused.value.problems}) >= 5
    assert {Path(problem.file).name for problem in refused.value.problems} == {Path(draft.name).name}


def test_a_target_is_added_at_the_end_of_its_list_and_all_else_stays_as_it_is() -> None:
    text = "name: x # why\ntargets:\n    - form: level\n      # a note\n      value: 1\n\n# below\nbreaks: []\n"
    added = with_target(text, "form: level\nvalue: 2\n")
    assert added == text.replace("\n\n# below", "\n    - form: level\n      value: 2\n\n# below")
    assert yaml.safe_load(added)["targets"] == [{"form": "level", "value": 1}, {"form": "level", "value": 2}]
    assert yaml.safe_load(with_target("targets: []\nbreaks: []\n", "value: 2\n")) == {
        "targets": [{"value": 2}],
        "breaks": [],
    }
    with pytest.raises(ValueError, match="no targets"):
        with_target("name: x\n", "value: 2\n")


def test_each_draft_says_where_it_stands_how_sure_it_is_and_why(tracked: Known) -> None:
    (draft,) = drafted("主要目标\n到2025年，关键工序数控化率达到68%。", tracked)
    assert place_text(draft, "en") == "line 2, characters 13 to 25"
    assert re.fullmatch(r"sure \(9\d%\)", how_sure(draft, "en"))
    assert "有带单位的数字" in why_text(draft, "zh") and "a year by which" in why_text(draft, "en")


def test_notes_of_pronunciation_are_told_to_the_curator() -> None:
    assert "3" in notes_on(typed("工業(yè)互聯(lián)網(wǎng)"), "en")[0] and notes_on(typed("工业"), "zh") == ()


def printed(out: str) -> Iterator[dict[str, object]]:
    for one in yaml.safe_load_all(out):
        if one is not None:
            yield json.loads(json.dumps(one, default=str))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_every_draft_as_yaml_with_its_place_and_its_reasons(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes("到2025年，关键工序数控化率达到68%，换电站建成120座。".encode("gb18030"))
    assert main(["draft", str(file), "--document", PLAN.document, "--lang", language]) == 0
    out = capsys.readouterr()
    first, second = printed(out.out)
    assert first["value"] == 68 and first["adopted"] == date(2021, 11, 30).isoformat() and "targets" in second
    assert "GB18030" in out.err and "cnc-rate-key-processes" in out.out


def test_the_command_refuses_what_it_cannot_read_and_documents_that_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "plan.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main(["draft", str(picture)]) == 1 and "picture" in capsys.readouterr().err
    assert main(["draft", str(tmp_path / "none.txt")]) == 2 and "cannot be read" in capsys.readouterr().err
    assert main(["draft", str(picture), "--document", "none"]) == 2 and "documents.yaml" in capsys.readouterr().err
