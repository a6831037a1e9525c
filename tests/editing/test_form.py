"""A form changes one value of a text, and not another character of it."""

from datetime import date

import pytest

from editing.form import as_typed, put, value_at, without, written_in
from editing.opening import names, opened
from editing.refusal import Refused
from tests.conftest import FILES
from tracking.catalogue import GOALS
from tracking.strict_yaml import Path_, yaml_tree

THINGS = FILES["goals/indicators/things.yaml"]
LAYOUT = """\
# head
a:
  b:   # why
    - 1   # one
    - {x: 1, y: 'it''s'}
c: {zh: , en: }
d:
e: |
  a block
  of text
f: []
g: "quoted"  # last
"""


def leaves(value: object, above: Path_ = ()) -> list[tuple[Path_, object]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*above, str(key)))]
    if isinstance(value, list):
        return [leaf for n, item in enumerate(value) for leaf in leaves(item, (*above, n))]
    return [(above, value)]


@pytest.mark.parametrize("name", [n for n in names(GOALS) if n.startswith("goals/")][::9])
def test_a_value_that_is_changed_and_changed_back_leaves_every_shipped_file_as_it_was(name: str) -> None:
    text = opened(GOALS, name).text
    found = leaves(yaml_tree(text.encode(), name).value)
    for path, value in (found[0], found[len(found) // 2], found[-1]):
        assert put(text, path, value) == text
        changed = put(text, path, "其他 words")
        assert changed != text and put(changed, path, value) == text


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("a", "b", 0), 2, "- 1   # one", "- 2   # one"),
        (("a", "b", 1, "y"), "its", "'it''s'", "'its'"),
        (("a", "b"), [5], "- 1   # one\n    - {x: 1, y: 'it''s'}", "[5]"),
        (("a", "b", 2), {"x": 2}, "'it''s'}\n", "'it''s'}\n    - {x: 2}\n"),
        (("a", "b", 1, "z"), 1.5, "'it''s'}", "'it''s', z: 1.5}"),
        (("c", "zh"), "甲", "{zh: ,", "{zh: 甲,"),
        (("d",), date(2020, 1, 31), "d:\n", "d: 2020-01-31\n"),
        (("d", "low"), 0, "d:\n", "d: {low: 0}\n"),
        (("e",), "short", "|\n  a block\n  of text", "short"),
        (("f", 0), {"k": 1, "zh": "是: 的"}, "f: []", 'f:\n  - {k: 1, zh: "是: 的"}'),
        (("g",), "it is", '"quoted"  # last', '"it is"  # last'),
        (("h",), "NO", "# last\n", '# last\nh: "NO"\n'),
        (("h", "zh"), "1 # 2", "# last\n", '# last\nh: {zh: "1 # 2"}\n'),
    ],
)
def test_only_the_value_changes_and_comments_quotes_and_order_stay(
    path: Path_, value: object, old: str, new: str
) -> None:
    assert put(LAYOUT, path, value) == LAYOUT.replace(old, new)
    assert value_at(put(LAYOUT, path, value), path) == value


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("a", "b", 0), "    - 1   # one\n", ""),
        (("a", "b", 1), "    - {x: 1, y: 'it''s'}\n", ""),
        (("a", "b", 1, "x"), "x: 1, ", ""),
        (("c", "en"), ", en: ", ""),
        (("a",), LAYOUT[LAYOUT.index("a:") : LAYOUT.index("c:")], ""),
        (("e",), "e: |\n  a block\n  of text\n", ""),
        (("g",), 'g: "quoted"  # last\n', ""),
    ],
)
def test_what_is_taken_away_leaves_the_rest_as_it_was(path: Path_, old: str, new: str) -> None:
    assert without(LAYOUT, path).strip() == LAYOUT.replace(old, new).strip()


def test_a_new_key_stands_where_such_keys_are_wont_to_stand() -> None:
    order = ["name", "definition", "unit", "natural_limits", "caution", "series", "targets"]
    text = put(THINGS, ("caution",), {"zh": "注意", "en": "Mind"}, order)
    assert text == THINGS.replace("high: 1000}\n", "high: 1000}\ncaution: {zh: 注意, en: Mind}\n")


def test_the_first_key_of_an_item_is_taken_away_without_its_hyphen() -> None:
    assert without(THINGS, ("targets", 0, "form")) == THINGS.replace("  - form: level\n    bound", "  - bound")


WORDS = ["NO", "1e3", "010", "12", "2020-01-31", "a: b", "a # b", "", " x", "it's", "“引”", "a\nb", "- x", "[x",
         "\u2028", "y", "null", "#", "*x", "a, b", "{", "10% 以上", "é\x85"]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_stay_the_words_that_they_are(words: str) -> None:
    for path in (("g",), ("c", "zh"), ("a", "b", 2)):
        assert value_at(put(LAYOUT, path, words), path) == words
    assert yaml_tree(f"- {written_in(words)}".encode(), "").problems == []


def test_what_is_typed_is_a_number_or_a_day_only_where_it_reads_as_one() -> None:
    typed = ["12", "1.5", "-3", "2020-01-31", "2020-02-31", "1,200", "１２", "12%", "NO", "12 # x", "1e3"]
    assert [as_typed(text) for text in typed] == [
        12, 1.5, -3, date(2020, 1, 31), "2020-02-31", "1,200", "１２", "12%", "NO", "12 # x", "1e3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        ("a: [", ("a",), "form-yaml"), ("", ("a",), "form-yaml"), (LAYOUT, ("g", "x"), "form-place"),
        (LAYOUT, ("a", "b", 7), "form-place"), (LAYOUT, (), "form-place"), ("a: &x 1\nb: *x\n", ("a",), "form-yaml"),
    ],
)  # fmt: skip
def test_where_a_value_has_no_place_a_sentence_says_so(text: str, path: Path_, key: str) -> None:
    with pytest.raises(Refused) as error:
        put(text, path, "new")
    assert error.value.key == key and error.value.sentence("en") and error.value.sentence("zh")
