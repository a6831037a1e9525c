"""The strict reader refuses every kind of bad input: file, line, column, what is wrong, and the cure."""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import FILES, Folder
from tests.editing.test_grid import PASTES
from tracking.catalogue import load_catalogue
from tracking.model import LANGUAGES, METHOD_NAMES
from tracking.problems import CatalogueError, Problem
from tracking.words import words

GOAL, THINGS, FIGURES = "goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"
FETCHED = "provider: worldbank, key: A.B, document: plan"
DOCUMENTS, CARD, UNITS = "goals/documents.yaml", "goals/catalogue.yaml", "goals/units.yaml"

# code, file, what stands there, what is put there instead, line and column that must be named
CASES = [
    ("unknown-key", GOAL, "theme: one", "them: one", (7, 1)),
    ("unknown-key", GOAL, "theme: one", "theme: one\n2025: x", (8, 1)),
    ("unknown-key", THINGS, "for: 2025", "for_: 2025", (15, 5)),
    ("missing-key", GOAL, "theme: one\n", "", (1, 1)),
    ("duplicate-key", GOAL, "theme: one", "theme: one\ntheme: one", (8, 1)),
    ("expected-text", GOAL, "statement: 更多", "statement: 2030-01-01", (1, 12)),
    ("expected-text", GOAL, "statement: 更多", "statement: 12", (1, 12)),
    ("expected-text", THINGS, "quote: 达到三十", "quote: 2021-11-01", (19, 12)),
    ("expected-list", THINGS, "breaks: []", "breaks: none", (23, 9)),
    ("expected-mapping", GOAL, "title: {zh: 更多, en: More}", "title: More", (2, 8)),
    ("expected-whole-number", GOAL, "order: 1", "order: first", (4, 8)),
    ("expected-whole-number", GOAL, "order: 1", "order: １", (4, 8)),
    ("expected-whole-number", CARD, "2025: {", "soon: {", (11, 3)),
    ("expected-mapping", CARD, FILES[CARD], "hello", (1, 1)),
    ("expected-number", THINGS, "value: 30", "value: many", (14, 12)),
    ("surprise", GOAL, "theme: one", "theme: NO", (7, 8)),
    ("surprise", THINGS, "value: 30", "value: 1e3", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 010", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 12:30", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 1_000", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 0x1F", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: .inf", (14, 12)),
    ("surprise", THINGS, "value: 30", f"value: {'9' * 400}.0", (14, 12)),
    ("surprise", THINGS, "adopted: 2020-06-01", "adopted: 2020-6-1", (17, 14)),
    ("surprise", GOAL, "theme: one", "theme: one\n<<: {order: 2}", (8, 1)),
    ("no-such-day", THINGS, "adopted: 2020-06-01", "adopted: 2020-02-31", (17, 14)),
    ("not-one-of", GOAL, "kind: outcome", "kind: outcom", (5, 7)),
    ("series-document", THINGS, "key: things}", "key: things}\n  - {provider: worldbank, key: A.B}", (11, 5)),
    ("series-own-documents", THINGS, "key: things}", "key: things, document: plan}", (10, 48)),
    ("unknown-document", THINGS, "key: things}", f"key: things}}\n  - {{{FETCHED}x}}", (11, 47)),
    ("difference-needed", THINGS, "key: things}", f"key: things}}\n  - {{{FETCHED}, concept: differs}}", (11, 62)),
    (
        "difference-of-same", THINGS, "key: things}",
        f"key: things}}\n  - {{{FETCHED}, difference: {{zh: 异, en: Other}}}}", (11, 65),
    ),
    (
        "first-series-same", THINGS, "key: things}",
        "key: things, concept: differs, difference: {zh: 异, en: Other}}", (10, 47),
    ),
    ("not-one-of", THINGS, "key: things}", "key: things, concept: similar}", (10, 47)),
    ("twice", THINGS, "key: things}", f"key: things}}\n  - {{{FETCHED}}}\n  - {{{FETCHED}}}", (12, 32)),
    ("unknown-unit", THINGS, "key: things}", f"key: things}}\n  - {{{FETCHED}, unit: thing}}", (11, 59)),
    ("unit-mismatch", THINGS, "key: things}", f"key: things}}\n  - {{{FETCHED}, unit: '%'}}", (11, 59)),
    ("not-one-of", THINGS, "provider: figures", "provider: figure", (10, 16)),
    ("not-one-of", FIGURES, "plan,read,,,\n,2022", "plan,seen,,,\n,2022", (2, 28)),
    ("not-a-period", THINGS, "for: 2025", "for: someday", (15, 10)),
    ("not-a-period", FIGURES, "2021,12", "2021-13,12", (2, 2)),
    ("not-a-period", FIGURES, "2021,12", "２０21,12", (2, 2)),
    ("not-a-period", THINGS, "for: 2025", "for: 2025/2021", (15, 10)),
    ("not-one-of", THINGS, "{en: reach", "{fr: reach", (20, 19)),
    ("not-an-address", DOCUMENTS, "language: zh", "language: zh\n  url: file:///etc/passwd", (6, 8)),
    ("not-an-id", GOAL, "document: plan", "document: ../plan", (3, 11)),
    ("empty-text", GOAL, "statement: 更多", 'statement: ""', (1, 12)),
    ("empty-text", GOAL, "theme: one", "theme:", (7, 7)),
    ("number-range", GOAL, "horizon: 2025", "horizon: 20250", (6, 10)),
    ("unknown-document", GOAL, "document: plan", "document: plans", (3, 11)),
    ("unknown-document", FIGURES, "plan,read,,,\n,2022", "plans,read,,,\n,2022", (2, 1)),
    ("unknown-document", CARD, "document: plan", "document: plans", (2, 11)),
    ("unknown-document", THINGS, "document: plan", "document: plans", (18, 15)),
    ("unknown-document", THINGS, "check: read}", "check: read, document: plans}", (16, 64)),
    ("unknown-publisher", DOCUMENTS, "issuer: office", "issuer: ofice", (3, 11)),
    ("unknown-publisher", CARD, "area: XXA", "publisher: ofice\narea: XXA", (3, 12)),
    ("not-an-address", CARD, "area: XXA", "corrections: javascript:alert(1)\narea: XXA", (3, 14)),
    ("unknown-publisher", THINGS, "publisher: office", "publisher: ofice", (7, 12)),
    ("unknown-indicator", GOAL, "id: things", "id: thing", (9, 9)),
    ("unknown-goal", GOAL, "theme: one", "theme: one\npart_of: [nothing]", (8, 11)),
    ("unknown-unit", THINGS, "unit: things", "unit: thngs", (3, 7)),
    ("unknown-area", CARD, "area: XXA", "area: XXC", (3, 7)),
    ("unknown-area", THINGS, "key: things", "key: things, area: XXC", (10, 44)),
    ("unknown-area", FIGURES, ",2021,12", "XXC,2021,12", (2, 1)),
    ("unknown-theme", GOAL, "theme: one", "theme: two", (7, 8)),
    ("unknown-horizon", GOAL, "horizon: 2025", "horizon: 2030", (6, 10)),
    ("unknown-figures", THINGS, "key: things", "key: thing", (10, 30)),
    ("unknown-target", THINGS, "    check: read\nb", "    check: read\n    supersedes: 2020-plan\nb", (23, 17)),
    ("unknown-target", THINGS, "    check: read\nb", "    check: read\n    supersedes: 2025-plan\nb", (23, 17)),
    ("unknown-indicator", THINGS, "form: level", "form: relative\n    other: thing", (13, 12)),
    ("twice", GOAL, "id: growth", "id: things", (13, 9)),
    ("too-few-indicators", GOAL, FILES[GOAL][FILES[GOAL].index("  - id: growth") :], "", (9, 3)),
    ("meaning-needed", GOAL, "kind: outcome", "kind: direction", (5, 7)),
    ("not-one-of", THINGS, "value: 30", "value: 30\n    method: statcan-2024", (15, 13)),
    ("method-form", THINGS, "form: level", "form: yearly value\n    method: pro-rata", (13, 13)),
    ("form-unit", THINGS, "form: level", "form: rank", (12, 11)),
    ("form-unit", THINGS, "form: level", "form: yes/no\n    words: {zh: 成, en: Done}", (12, 11)),
    ("form-direction", THINGS, "form: level", "form: rank", (4, 12)),
    ("rank-bound", THINGS, "form: level", "form: rank", (13, 12)),
    ("limits-crossed", THINGS, "low: 0", "low: 2000", (8, 17)),
    ("form-needs", THINGS, "    value: 30\n", "", (12, 5)),
    ("for-or-span", THINGS, "for: 2025", "for: 2025\n    span: {from: 2021, to: 2025}", (12, 5)),
    ("baseline-not-before", THINGS, "period: 2020", "period: 2025", (16, 24)),
    ("missing-key", THINGS, "    document: plan\n", "", (12, 5)),
    ("adopted-after-due", THINGS, "adopted: 2020-06-01", "adopted: 2026-06-01", (17, 14)),
    ("about-needs-tolerance", THINGS, "bound: at least", "bound: about", (13, 12)),
    ("high-not-above", THINGS, "value: 30", "value: 30\n    high: 20", (15, 11)),
    (
        "growth-to-nothing", THINGS, "form: level\n    bound: at least\n    value: 30\n    for: 2025",
        "form: average growth\n    bound: at least\n    value: -100\n    span: {from: 2021, to: 2025}", (14, 12),
    ),
    ("unit-mismatch", THINGS, "value: 30", 'value: 30\n    unit: "%"', (15, 11)),
    ("outside-limits", THINGS, "value: 30", "value: 3000", (14, 12)),
    ("outside-limits", FIGURES, "2021,12", "2021,-12", (2, 1)),
    ("translation-missing", THINGS, "    translation: {en: reach thirty}\n", "", (19, 12)),
    ("translation-without-quote", THINGS, "    quote: 达到三十\n", "", (19, 18)),
    ("csv-header", FIGURES, "area,period", "period,area", (1, 1)),
    ("csv-cells", FIGURES, ",2021,12,,,", ",2021,12,,,,", (2, 1)),
    ("csv-syntax", FIGURES, ",2021,12", ',2021,"1"2', (2, 1)),
    ("not-a-number", FIGURES, "2021,12", '2021,"1,200"', (2, 7)),
    ("not-a-number", FIGURES, "2021,12", "2021,1２", (2, 7)),
    ("not-a-number", FIGURES, "2021,12", f"2021,{'9' * 400}", (2, 7)),
    ("one-language", FIGURES, "plan,read,,,\n,2022", "plan,read,,注,\n,2022", (2, 36)),
    ("figure-without-document", FIGURES, "plan,read,,,\n,2022", ",read,,,\n,2022", (2, 23)),
    ("figure-without-period", FIGURES, ",2021,12", ",,12", (2, 2)),
    ("figure-without-day", FIGURES, "2022-01-31", "", (2, 12)),
    ("published-before", FIGURES, "2022-01-31", "2020-01-31", (2, 12)),
    ("duplicate-figure", FIGURES, ",2022,15.5,,,2023-01-31", ",2021,15.5,,,2022-01-31", (3, 1)),
    ("duplicate-figure", FIGURES, ",2022,15.5,,,2023-01-31", "XXA,2021,15.5,,,2022-01-31", (3, 1)),
    ("first-series-value", THINGS, "key: things", "key: things, measure: average growth", (10, 47)),
    ("span-backwards", THINGS, "for: 2025", "span: {from: 2025, to: 2025}", (15, 11)),
    ("alias", GOAL, "title: {zh: 更多, en: More}", "title: &t {zh: 更多, en: More}", (2, 8)),
    ("alias", GOAL, "theme: one", "theme: *one", (7, 8)),
    ("tag", GOAL, "statement: 更多", "statement: !!python/name:os.system 更多", (1, 12)),
    ("key-not-word", GOAL, "theme: one", "[a, b]: one", (7, 1)),
    ("second-document", GOAL, "theme: one", "theme: one\n---\na: 1", (8, 1)),
    ("yaml-syntax", GOAL, "theme: one", "theme: [one", (8, 11)),
    ("yaml-character", GOAL, "theme: one", "theme: o\0ne", (7, 9)),
    ("yaml-character", GOAL, "theme: one", "theme: o\x07ne", (7, 9)),
    ("empty-file", UNITS, FILES[UNITS], "{}\n", (1, 1)),
]  # fmt: skip


BOMB = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True)
)
HEADER = b"area,period,value,bound,status,published,document,check,derived,note_zh,note_en\n"
BAD_FILES = [
    ("empty-file", "goals/empty.yaml", b"", (1, 1)),
    ("empty-file", "goals/blank.yaml", b"\n\n# nothing\n", (1, 1)),
    ("empty-file", "figures/things.csv", b"", (1, 1)),
    ("not-utf8", "goals/latin.yaml", "title: 中\nstatement: ".encode() + b"\xe9", (2, 12)),
    ("not-utf8", "goals/marked.yaml", b"\xef\xbb\xbfcaf\xe9", (1, 4)),
    ("not-utf8", "figures/latin.csv", "中".encode() + b"\xff", (1, 2)),
    ("too-deep", "goals/deep.yaml", b"a: " + b"[" * 100_000, (1, 16)),
    ("too-deep", "goals/steep.yaml", b"- " * 100_000, (1, 27)),
    ("alias", "goals/bomb.yaml", BOMB.encode(), (1, 4)),
    ("file-too-large", "goals/large.yaml", b"a: " + b"x" * 4_000_001, (1, 1)),
    ("file-too-large", "figures/large.csv", HEADER + b"," * 20_000_000, (1, 1)),
    ("file-name", "goals/Capital.yaml", b"a: 1\n", (1, 1)),
    ("yml", "goals/old.yml", b"a: 1\n", (1, 1)),
    ("figures-unused", "figures/unused.csv", HEADER, (1, 1)),
]
# needs more than one file, or something that is no file: each has a test of its own below
APART = {"did-you-mean", "no-folder", "no-file", "unreadable", "order-twice", "position-twice", "target-twice",
         "not-yes-or-no", "supersedes-later"}  # fmt: skip


def problems_of(folder: Folder) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        folder.load()
    return caught.value.problems


def has(problems: tuple[Problem, ...], code: str, file: str, place: tuple[int, int]) -> bool:
    return any(
        p.code == code and p.text().partition(": ")[0].endswith(f"{file}:{place[0]}:{place[1]}") for p in problems
    )


def test_the_small_catalogue_is_right_before_anything_is_broken(folder: Folder) -> None:
    assert list(folder.load().goals) == ["more-things"]


@pytest.mark.parametrize(
    ("code", "file", "old", "new", "place"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_bad_input_is_refused_at_its_place(
    folder: Folder, code: str, file: str, old: str, new: str, place: tuple[int, int]
) -> None:
    folder.edit(file, old, new)
    problems = problems_of(folder)
    assert has(problems, code, file, place), [p.text() for p in problems]
    for language in LANGUAGES:
        assert all(not re.search(r"[{}]|\bNone\b", p.sentence(language)) for p in problems if p.code == code)


@pytest.mark.parametrize(
    ("limits", "value", "said"),
    [
        ("low: 0, high: 1000", "1000.25", "1000.25 lies outside the natural limits (0 to 1000)"),
        ("low: 100", "30", "30 lies outside the natural limits (100 to ∞)"),
        ("high: 12345678", "123456789.5", "123456789.5 lies outside the natural limits (-∞ to 12345678)"),
    ],
)
def test_a_number_in_a_refusal_is_the_one_that_was_typed(folder: Folder, limits: str, value: str, said: str) -> None:
    folder.edit(THINGS, "low: 0, high: 1000", limits)
    folder.edit(THINGS, "value: 30", f"value: {value}")
    assert any(said in p.sentence("en") for p in problems_of(folder))


def test_two_statements_cannot_take_the_same_place(folder: Folder) -> None:
    text = (folder.root / GOAL).read_text(encoding="utf-8")
    (folder.root / "goals/other.yaml").write_text(text, encoding="utf-8")
    assert has(problems_of(folder), "order-twice", "goals/other.yaml", (4, 8))


def test_two_targets_cannot_take_the_same_place_in_a_document(folder: Folder) -> None:
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    first = text[text.index("  - form") : text.index("breaks")]
    folder.edit(THINGS, "breaks", first.replace("  - form", "  - id: other\n    form") + "breaks")
    assert len(folder.load().indicators["things"].targets) == 2  # without a place both may stand
    both = (folder.root / THINGS).read_text(encoding="utf-8")
    placed = both.replace("document: plan\n", "document: plan\n    position: 3\n")
    (folder.root / THINGS).write_text(placed, encoding="utf-8")
    twice = [p for p in problems_of(folder) if p.code == "position-twice"]
    assert len(twice) == 1 and twice[0].details["first"] == "things"


def test_two_targets_cannot_have_the_same_id(folder: Folder) -> None:
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    first = text[text.index("  - form") : text.index("breaks")]
    folder.edit(THINGS, "breaks", first + "breaks")
    assert has(problems_of(folder), "target-twice", THINGS, (23, 5))


def test_a_figure_for_a_yes_or_no_is_one_or_nought(folder: Folder) -> None:
    folder.edit(THINGS, "unit: things", 'unit: "%"')
    folder.edit(THINGS, "form: level", "form: yes/no\n    words: {zh: 成, en: Done}")
    folder.edit(FIGURES, "2021,12", "2021,1")
    assert has(problems_of(folder), "not-yes-or-no", FIGURES, (3, 1))
    folder.edit(FIGURES, "2022,15.5", "2022,0")
    assert list(folder.load().goals) == ["more-things"]


def test_a_target_replaces_only_what_was_adopted_before_it(folder: Folder) -> None:
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    first = text[text.index("  - form") : text.index("breaks")]
    again = first.replace("  - form", "  - id: again\n    form") + "    supersedes: 2025-plan\n"
    folder.edit(THINGS, "breaks", again + "breaks")
    assert has(problems_of(folder), "supersedes-later", THINGS, (35, 17))
    folder.edit(THINGS, again, again.replace("adopted: 2020-06-01", "adopted: 2020-06-02"))
    assert list(folder.load().goals) == ["more-things"]


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_target_may_name_a_published_method(folder: Folder, method: str) -> None:
    folder.edit(THINGS, "value: 30", f"value: 30\n    method: {method}")
    assert folder.load().indicators["things"].targets[0].method == method


def test_a_misspelt_method_gets_the_nearest_name(folder: Folder) -> None:
    folder.edit(THINGS, "value: 30", "value: 30\n    method: destatis-2020")
    assert 'Did you mean "destatis-2022"?' in problems_of(folder)[0].text("en")


@pytest.mark.parametrize(("code", "name", "content", "place"), BAD_FILES, ids=[f"{c[0]}-{c[1]}" for c in BAD_FILES])
def test_a_file_that_cannot_be_used_is_refused(
    folder: Folder, code: str, name: str, content: bytes, place: tuple[int, int]
) -> None:
    (folder.root / name).write_bytes(content)
    start = time.perf_counter()
    assert has(problems_of(folder), code, name, place)
    assert time.perf_counter() - start < 2, "it was expanded, or read too far"


@pytest.mark.parametrize("name", ["goals/folder.yaml", "figures/folder.csv"])
def test_what_is_no_readable_file_is_refused(folder: Folder, name: str) -> None:
    (folder.root / name).mkdir()
    assert has(problems_of(folder), "unreadable", name, (1, 1))


def test_a_link_that_leads_nowhere_is_refused(folder: Folder) -> None:
    (folder.root / "goals/link.yaml").symlink_to(folder.root / "nowhere.yaml")
    assert has(problems_of(folder), "unreadable", "goals/link.yaml", (1, 1))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "nowhere")
    assert [p.code for p in caught.value.problems] == ["no-folder"]


def test_a_missing_shared_file_is_named(folder: Folder) -> None:
    (folder.root / UNITS).unlink()
    assert has(problems_of(folder), "no-file", UNITS, (1, 1))


@pytest.mark.parametrize("name", ["indicators", "figures"])
def test_a_catalogue_without_one_of_its_folders_is_refused(folder: Folder, name: str) -> None:
    shutil.rmtree(folder.goals / name if name == "indicators" else folder.root / name)
    code = {"indicators": "no-folder", "figures": "unknown-figures"}[name]
    assert code in {p.code for p in problems_of(folder)}


def test_all_offenders_are_listed_at_once_in_the_order_of_the_files(folder: Folder) -> None:
    folder.edit(GOAL, "id: growth", "id: nothing")
    folder.edit(GOAL, "theme: one", "theme: two")
    folder.edit(THINGS, "for: 2025", "for: someday")
    folder.edit(FIGURES, ",2022,15.5", ",2022,many")
    folder.edit(FIGURES, ",2021,12", ",2021,twelve")
    found = [(p.file.removeprefix(f"{folder.root}/"), p.line) for p in problems_of(folder)]
    assert found == [(FIGURES, 2), (FIGURES, 3), (THINGS, 15), (GOAL, 7), (GOAL, 13)]


def test_a_mistake_is_told_once_not_again_by_all_who_use_the_file(folder: Folder) -> None:
    folder.edit(DOCUMENTS, "language: zh", "language: latin")
    folder.edit(THINGS, "direction: higher", "direction: up")
    assert [p.code for p in problems_of(folder)] == ["not-one-of", "not-one-of"]


def test_nothing_is_half_loaded(folder: Folder) -> None:
    (folder.root / "goals/broken.yaml").write_text("statement: [", encoding="utf-8")
    catalogue = None
    with pytest.raises(CatalogueError):
        catalogue = folder.load()
    assert catalogue is None
    (folder.root / "goals/broken.yaml").unlink()
    assert list(folder.load().goals) == ["more-things"]


def test_a_blank_area_and_the_catalogues_own_are_one_series(folder: Folder) -> None:
    folder.edit(FIGURES, ",2021,12", "XXA,2021,12")
    assert [o.value for o in folder.load().main_series("things").observations] == [12, 15.5]


@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_damage_to_a_file_brings_the_reader_down(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    root, text = tmp_path_factory.mktemp("damaged"), FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 12, len(text))))
    bits = st.sampled_from(
        ["", " ", "\n", "-", ": ", "{", "}", "[", "&a ", "*a", "!!int ", "?", '"', ",", "1", "null", "\0"]
    )
    for file, whole in FILES.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(whole, encoding="utf-8")
    (root / name).write_text(text[:start] + data.draw(bits | st.text(max_size=3)) + text[end:], encoding="utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        load_catalogue(root / "goals")
    except CatalogueError as error:
        problems = error.problems
    finally:
        shutil.rmtree(root)
    assert all(p.text(language) for p in problems for language in LANGUAGES)


def test_an_unknown_word_gets_a_suggestion(folder: Folder) -> None:
    folder.edit(GOAL, "id: things", "id: thigns")
    assert 'Did you mean "things"?' in problems_of(folder)[0].text("en")
    assert "是否想写“things”" in problems_of(folder)[0].text("zh")


def test_every_sentence_about_a_problem_has_a_case() -> None:
    tried = {c[0] for c in [*CASES, *BAD_FILES]} | APART | {code for _, _, code, _ in PASTES}
    known = {k.removeprefix("problem.") for k in words("en").texts if k.startswith("problem.")}
    assert known == tried


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_lists_problems_and_says_so_by_its_status(folder: Folder, language: str) -> None:
    folder.edit(GOAL, "theme: one", "theme: two")
    done = run("validate", "--goals", str(folder.goals), "--lang", language)
    assert done.returncode == 1
    assert f"{GOAL}:7:8: " in done.stderr
    assert ("主题" in done.stderr) is (language == "zh")


def test_the_command_is_silent_on_the_shipped_catalogue() -> None:
    done = run("validate")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tracking", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
