"""The strict reader refuses every kind of bad input: file, line, column, what is wrong, and the cure."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Folder
from tracking.catalogue import load_catalogue
from tracking.problems import CatalogueError, Problem
from tracking.words import words

GOAL, THINGS, FIGURES = "goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"
DOCUMENTS, CARD, UNITS = "goals/documents.yaml", "goals/catalogue.yaml", "goals/units.yaml"

# code, file, what stands there, what is put there instead, line and column that must be named
CASES = [
    ("unknown-key", GOAL, "theme: one", "them: one", (7, 1)),
    ("missing-key", GOAL, "theme: one\n", "", (1, 1)),
    ("duplicate-key", GOAL, "theme: one", "theme: one\ntheme: one", (8, 1)),
    ("expected-text", GOAL, "statement: 更多", "statement: 2030-01-01", (1, 12)),
    ("expected-text", GOAL, "statement: 更多", "statement: 12", (1, 12)),
    ("expected-list", THINGS, "breaks: []", "breaks: none", (23, 9)),
    ("expected-mapping", GOAL, "title: {zh: 更多, en: More}", "title: More", (2, 8)),
    ("expected-whole-number", GOAL, "order: 1", "order: first", (4, 8)),
    ("expected-number", THINGS, "value: 30", "value: many", (14, 12)),
    ("surprise", GOAL, "theme: one", "theme: NO", (7, 8)),
    ("surprise", THINGS, "value: 30", "value: 1e3", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 010", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 12:30", (14, 12)),
    ("surprise", THINGS, "value: 30", "value: 1_000", (14, 12)),
    ("no-such-day", THINGS, "adopted: 2020-06-01", "adopted: 2020-02-31", (17, 14)),
    ("not-one-of", GOAL, "kind: outcome", "kind: outcom", (5, 7)),
    ("not-one-of", THINGS, "provider: figures", "provider: figure", (10, 16)),
    ("not-one-of", FIGURES, "plan,read,,,\n,2022", "plan,seen,,,\n,2022", (2, 28)),
    ("not-a-period", THINGS, "for: 2025", "for: someday", (15, 10)),
    ("not-a-period", FIGURES, "2021,12", "2021-13,12", (2, 2)),
    ("not-an-address", DOCUMENTS, "language: zh", "language: zh\n  url: file:///etc/passwd", (6, 8)),
    ("not-an-id", GOAL, "document: plan", "document: ../plan", (3, 11)),
    ("empty-text", GOAL, "statement: 更多", 'statement: ""', (1, 12)),
    ("number-range", GOAL, "horizon: 2025", "horizon: 20250", (6, 10)),
    ("unknown-document", GOAL, "document: plan", "document: plans", (3, 11)),
    ("unknown-document", FIGURES, "plan,read,,,\n,2022", "plans,read,,,\n,2022", (2, 1)),
    ("unknown-publisher", THINGS, "publisher: office", "publisher: ofice", (7, 12)),
    ("unknown-indicator", GOAL, "id: things", "id: thing", (9, 9)),
    ("unknown-goal", GOAL, "theme: one", "theme: one\npart_of: [nothing]", (8, 11)),
    ("unknown-unit", THINGS, "unit: things", "unit: thngs", (3, 7)),
    ("unknown-area", CARD, "area: XXA", "area: XXC", (3, 7)),
    ("unknown-theme", GOAL, "theme: one", "theme: two", (7, 8)),
    ("unknown-horizon", GOAL, "horizon: 2025", "horizon: 2030", (6, 10)),
    ("unknown-figures", THINGS, "key: things", "key: thing", (10, 30)),
    ("unknown-target", THINGS, "    check: read\nb", "    check: read\n    supersedes: 2020-plan\nb", (23, 17)),
    ("twice", GOAL, "id: growth", "id: things", (13, 9)),
    ("too-few-indicators", GOAL, GOAL, "", None),
    ("meaning-needed", GOAL, "kind: outcome", "kind: direction", (5, 7)),
    ("limits-crossed", THINGS, "low: 0", "low: 2000", (8, 17)),
    ("form-needs", THINGS, "    value: 30\n", "", (12, 5)),
    ("for-or-span", THINGS, "for: 2025", "for: 2025\n    span: {from: 2021, to: 2025}", (12, 5)),
    ("baseline-not-before", THINGS, "period: 2020", "period: 2025", (16, 24)),
    ("missing-key", THINGS, "    document: plan\n", "", (12, 5)),
    ("adopted-after-due", THINGS, "adopted: 2020-06-01", "adopted: 2026-06-01", (17, 14)),
    ("about-needs-tolerance", THINGS, "bound: at least", "bound: about", (13, 12)),
    ("high-not-above", THINGS, "value: 30", "value: 30\n    high: 20", (15, 11)),
    ("unit-mismatch", THINGS, "value: 30", 'value: 30\n    unit: "%"', (15, 11)),
    ("outside-limits", THINGS, "value: 30", "value: 3000", (14, 12)),
    ("outside-limits", FIGURES, "2021,12", "2021,-12", (2, 1)),
    ("translation-missing", THINGS, "    translation: {en: reach thirty}\n", "", (19, 12)),
    ("translation-without-quote", THINGS, "    quote: 达到三十\n", "", (19, 18)),
    ("csv-header", FIGURES, "area,period", "period,area", (1, 1)),
    ("csv-cells", FIGURES, ",2021,12,,,", ",2021,12,,,,", (2, 1)),
    ("csv-syntax", FIGURES, ",2021,12", ',2021,"1"2', (2, 1)),
    ("not-a-number", FIGURES, "2021,12", '2021,"1,200"', (2, 7)),
    ("one-language", FIGURES, "plan,read,,,\n,2022", "plan,read,,注,\n,2022", (2, 36)),
    ("figure-without-document", FIGURES, "plan,read,,,\n,2022", ",read,,,\n,2022", (2, 23)),
    ("figure-without-period", FIGURES, ",2021,12", ",,12", (2, 2)),
    ("figure-without-day", FIGURES, "2022-01-31", "", (2, 12)),
    ("published-before", FIGURES, "2022-01-31", "2020-01-31", (2, 12)),
    ("duplicate-figure", FIGURES, ",2022,15.5,,,2023-01-31", ",2021,15.5,,,2022-01-31", (3, 1)),
    ("first-series-value", THINGS, "key: things", "key: things, measure: average growth", (10, 47)),
    ("span-backwards", THINGS, "for: 2025", "span: {from: 2025, to: 2025}", (15, 11)),
    ("alias", GOAL, "title: {zh: 更多, en: More}", "title: &t {zh: 更多, en: More}", (2, 8)),
    ("tag", GOAL, "statement: 更多", "statement: !!python/name:os.system 更多", (1, 12)),
    ("key-not-word", GOAL, "theme: one", "[a, b]: one", (7, 1)),
    ("second-document", GOAL, "theme: one", "theme: one\n---\na: 1", (8, 1)),
    ("yaml-syntax", GOAL, "theme: one", "theme: [one", (8, 11)),
    ("yaml-character", GOAL, "theme: one", "theme: o\0ne", (7, 9)),
]  # fmt: skip


def problems_of(folder: Folder) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        folder.load()
    return caught.value.problems


def has(problems: tuple[Problem, ...], code: str, file: str, place: tuple[int, int] | None) -> bool:
    return any(
        p.code == code and p.file.endswith(file) and (place is None or (p.line, p.column) == place) for p in problems
    )


def test_the_small_catalogue_is_right_before_anything_is_broken(folder: Folder) -> None:
    assert list(folder.load().goals) == ["more-things"]


@pytest.mark.parametrize(
    ("code", "file", "old", "new", "place"), [c for c in CASES if c[0] != "too-few-indicators"],
    ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES) if c[0] != "too-few-indicators"],
)  # fmt: skip
def test_bad_input_is_refused_at_its_place(
    folder: Folder, code: str, file: str, old: str, new: str, place: tuple[int, int] | None
) -> None:
    folder.edit(file, old, new)
    problems = problems_of(folder)
    assert has(problems, code, file, place), [p.text() for p in problems]


def test_an_outcome_with_one_indicator_is_refused(folder: Folder) -> None:
    text = (folder.root / GOAL).read_text(encoding="utf-8")
    (folder.root / GOAL).write_text(text[: text.index("  - id: growth")], encoding="utf-8")
    assert has(problems_of(folder), "too-few-indicators", GOAL, (9, 3))


def test_two_statements_cannot_take_the_same_place(folder: Folder) -> None:
    text = (folder.root / GOAL).read_text(encoding="utf-8")
    (folder.root / "goals/other.yaml").write_text(text, encoding="utf-8")
    assert has(problems_of(folder), "order-twice", "goals/other.yaml", (4, 8))


def test_two_targets_cannot_have_the_same_id(folder: Folder) -> None:
    text = (folder.root / THINGS).read_text(encoding="utf-8")
    first = text[text.index("  - form") : text.index("breaks")]
    folder.edit(THINGS, "breaks", first + "breaks")
    assert has(problems_of(folder), "target-twice", THINGS, (23, 5))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("goals/empty.yaml", b"", "empty-file"),
        ("goals/blank.yaml", b"\n\n# nothing\n", "empty-file"),
        ("goals/latin.yaml", "statement: caf\u00e9".encode("latin-1"), "not-utf8"),
        ("goals/deep.yaml", b"a: " + b"[" * 100_000, "too-deep"),
        ("goals/large.yaml", b"a: " + b"x" * 4_000_001, "file-too-large"),
        ("goals/Capital.yaml", b"a: 1\n", "file-name"),
        ("goals/old.yml", b"a: 1\n", "yml"),
        ("figures/unused.csv", b"area,period,value,bound,status,published,document,check,derived,note_zh,note_en\n",
         "figures-unused"),
        ("figures/latin.csv", b"\xff\xfe", "not-utf8"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused(folder: Folder, name: str, content: bytes, code: str) -> None:
    (folder.root / name).write_bytes(content)
    assert has(problems_of(folder), code, name, None)


def test_a_billion_laughs_are_not_expanded(folder: Folder) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (folder.root / "goals/bomb.yaml").write_text(bomb, encoding="utf-8")
    assert has(problems_of(folder), "alias", "goals/bomb.yaml", (1, 4))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "nowhere")
    assert [p.code for p in caught.value.problems] == ["no-folder"]


def test_a_missing_shared_file_is_named(folder: Folder) -> None:
    (folder.root / UNITS).unlink()
    assert has(problems_of(folder), "no-file", UNITS, None)


def test_all_offenders_are_listed_at_once_in_the_order_of_the_files(folder: Folder) -> None:
    folder.edit(GOAL, "theme: one", "theme: two")
    folder.edit(THINGS, "for: 2025", "for: someday")
    folder.edit(FIGURES, "2021,12", "2021,twelve")
    files = [p.file for p in problems_of(folder)]
    assert len(files) == 3
    assert files == sorted(files)


def test_an_unknown_word_gets_a_suggestion(folder: Folder) -> None:
    folder.edit(GOAL, "id: things", "id: thigns")
    assert 'Did you mean "things"?' in problems_of(folder)[0].text("en")
    assert "是否想写“things”" in problems_of(folder)[0].text("zh")


def test_every_sentence_about_a_problem_has_a_case() -> None:
    tried = {c[0] for c in CASES} | {
        "did-you-mean", "no-folder", "no-file", "yml", "file-name", "file-too-large", "empty-file", "not-utf8",
        "too-deep", "order-twice", "target-twice", "figures-unused", "too-few-indicators",
    }  # fmt: skip
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
