"""The text as it is shown with its drafts."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.conftest import FILES
from tracking.catalogue import load_catalogue
from tracking.drafting.drafts import About, drafts
from tracking.drafting.matching import Known, known
from tracking.drafting.reading import typed
from tracking.drafting.showing import passages

GIVEN = [
    "主要目标",
    "",
    "到2025年，机器人达到40台，年均增长5%。",
    "会议指出。",
    "到2030年，产量突破3万\n亿元以上的规模水平提高",
]
LINES = some.lists(some.sampled_from(GIVEN), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def tracked(tmp_path_factory: pytest.TempPathFactory) -> Known:
    root = tmp_path_factory.mktemp("catalogue")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return known(load_catalogue(root / "goals"))


@given(lines=LINES)
def test_the_whole_text_is_shown_in_its_order_and_every_draft_is_marked_once_in_its_own_words(
    tracked: Known, lines: list[str]
) -> None:
    text = "\n".join([*lines, "完"])
    made = drafts(typed(text), About("", "2021-01-01"), tracked)
    shown = passages(text, made)
    whole = "".join(p.text.replace("\n", "") for p in shown)
    assert whole == text.replace("\n", "")
    assert [n for p in shown for piece in p.pieces for n in piece.begins] == [d.number for d in made]
    for passage in shown:
        for draft in passage.drafts:
            quoted = "".join(piece.text for piece in passage.pieces if draft.number in piece.drafts)
            assert quoted == text[draft.found.first : draft.found.last]
