"""Figures as a grid: nothing of what was typed is lost, and nothing of what is pasted is guessed."""

import pytest

from editing.grid import HEADER, lines, pasted, rows, with_rows
from editing.opening import names, opened
from editing.refusal import Refused
from tests.conftest import FILES
from tracking.catalogue import GOALS
from tracking.figures import COLUMNS, read_lines

FIGURES = FILES["figures/things.csv"]
QUOTED = (
    HEADER + ',2021,12,,,2022-01-31,plan,read,"1,5 + ""x""","注\n第二行","no\nte"\n,2022,"15",,,2023-01-31,plan,read,,,'
)


@pytest.mark.parametrize("name", [n for n in names(GOALS) if n.startswith("figures/")][::4])
def test_every_shipped_file_is_the_same_text_after_the_grid(name: str) -> None:
    text = opened(GOALS, name).text
    assert with_rows(text, rows(text)) == text
    assert all(tuple(text[a:b].strip('"') for a, b in line.spans[:8]) == line.cells[:8] for line in lines(text))


def test_rows_that_nobody_changed_stay_as_they_were_typed() -> None:
    first, second = rows(QUOTED)
    assert first[8:] == ('1,5 + "x"', "注\n第二行", "no\nte") and second[2] == "15"
    changed = (*first[:2], "13", *first[3:])
    new = with_rows(QUOTED, [second, changed, ("", "2023", "1", "", "", "2024", "plan", "read", "", "", "")])
    assert new.splitlines()[1] == QUOTED.splitlines()[-1]  # quotes and all
    assert rows(new) == (second, changed, ("", "2023", "1", "", "", "2024", "plan", "read", "", "", ""))
    assert read_lines(new, "x", []).series[""].observations


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "grid-header"), ("a,b\n1,2\n", "grid-header"), (HEADER + ',2021,"1"2\n', "grid-csv"),
     (HEADER + '"', "grid-csv")],
)  # fmt: skip
def test_what_is_no_table_of_figures_is_refused_in_a_sentence(text: str, key: str) -> None:
    with pytest.raises(Refused) as error:
        rows(text)
    assert error.value.key == key and error.value.sentence("en") and error.value.sentence("zh")


def test_what_a_spreadsheet_copies_becomes_rows_with_what_all_share() -> None:
    copied = '2021\t12\t"注\n第二行, 含""引号"""\r\n2022\t-1.50\t\r\n\r\n'
    found = pasted(copied, ("period", "value", "note_zh"), {"document": "plan", "check": "read"})
    assert found.problems == ()
    assert [dict(zip(COLUMNS, row, strict=True)) for row in found.rows] == [
        dict.fromkeys(COLUMNS, "") | {"document": "plan", "check": "read", "period": "2021", "value": "12",
                                      "note_zh": '注\n第二行, 含"引号"'},
        dict.fromkeys(COLUMNS, "") | {"document": "plan", "check": "read", "period": "2022", "value": "-1.50"},
    ]  # fmt: skip


def test_a_first_row_of_names_says_which_columns_there_are() -> None:
    assert pasted("value\tperiod\n12\t2021\n").rows == pasted("2021\t12\n").rows


# what is pasted in the second row, the column of the problem, its code, and what is to be written instead
PASTES = [
    ("2021\t1,234.5", 2, "paste-thousands", "1234.5"), ("2021\t1 234", 2, "paste-thousands", "1234"),
    ("2021\t12.5%", 2, "paste-percent", "12.5"), ("2021\t１２．５", 2, "paste-width", "12.5"),
    ("2021\t−3", 2, "paste-width", "-3"), ("2021\t1.2万", 2, "paste-unit", ""), ("2021\t…", 2, "paste-missing", ""),
    ("2021\t1.2E+05", 2, "paste-number", ""), ("2021\t(12)", 2, "paste-number", ""),
    ("2021\t", 2, "paste-missing", ""),
    ("2021年3月\t1", 1, "paste-period", "2021-03"), ("2021/3/31\t1", 1, "paste-period", "2021-03-31"),
    ("3/4/2021\t1", 1, "paste-day", ""), ("２０２１\t1", 1, "paste-width", "2021"),
    ("2021\t1\t2", 1, "paste-cells", None),
    ("2021,1", 1, "paste-cells", None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "code", "instead"), PASTES)
def test_what_the_files_do_not_hold_is_named_and_not_guessed(
    cells: str, column: int, code: str, instead: str | None
) -> None:
    found = pasted(f"2020\t1\n{cells}\n")
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.code, problem.details.get("instead")) == (2, column, code, instead)
    assert (instead or "") in problem.sentence("en") and problem.sentence("zh")
    assert found.rows[1][1:3] == tuple((cells + "\t").split("\t")[:2])  # as it was pasted, to be mended
