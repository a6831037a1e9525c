"""DBnomics v22: the one series that was asked, statuses beside the values."""

import pytest

from loaders import dbnomics
from loaders.contract import NotFound, Reading, Refused, Unreadable
from tests.loaders.reply import answer, decimals, reply, statuses, values

KEY = "NBS/M_A0201/A020101"
GOOD = answer("dbnomics/good.json").decode()


def read(body: str) -> Reading:
    return dbnomics.parse(reply(body), KEY)


def test_the_vintage_is_when_the_mirror_took_the_series_over() -> None:
    assert read(GOOD).published.text == "2026-01-20"
    assert decimals(read(GOOD)) == {"2025-10": 1, "2025-11": 1, "2025-12": 1}


def test_a_series_that_the_mirror_does_not_have_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"not-found\.unknown"):
        read(answer("dbnomics/empty.json").decode())


def test_another_series_than_the_one_asked_is_refused() -> None:
    with pytest.raises(Unreadable) as error:
        read(GOOD.replace('"series_code":"A020101"', '"series_code":"A020102"'))
    assert error.value.details["found"] == "NBS/M_A0201/A020102"


def test_a_value_without_a_period_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.rows-missing"):
        read(GOOD.replace('[4.9,4.0,5.2,"NA"]', "[4.9,4.0]"))


def test_statuses_stand_beside_the_values_and_an_unknown_one_is_refused() -> None:
    beside = GOOD.replace('"value":', '"observations_attributes":[["OBS_STATUS",["A","E","P",""]]],"value":')
    assert statuses(read(beside)) == {"2025-10": "normal", "2025-11": "estimated", "2025-12": "provisional"}
    with pytest.raises(Unreadable, match=r"parse\.status"):
        read(beside.replace('"P"', '"X1"'))
    with pytest.raises(Unreadable, match=r"parse\.rows-missing"):
        read(beside.replace('["A","E","P",""]', '["A"]'))


def test_periods_out_of_order_are_put_in_order_and_doubled_ones_refused() -> None:
    turned = GOOD.replace('"2025-10","2025-11"', '"2025-11","2025-10"', 1)
    assert next(iter(values(read(turned)).items())) == ("2025-10", 4.0)
    with pytest.raises(Unreadable, match=r"parse\.twice"):
        read(GOOD.replace('"2025-10","2025-11"', '"2025-11","2025-11"', 1))


def test_weeks_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.week"):
        read(GOOD.replace('"2025-10"', '"2025-W41"', 1))


def test_a_bound_stays_a_bound() -> None:
    found = read(GOOD.replace("4.9", '">4.9"')).observations[0]
    assert (found.value, found.bound, found.decimals) == (4.9, "above", 1)


def test_a_refusal_saved_by_hand_is_told_in_the_mirrors_words() -> None:
    with pytest.raises(Refused) as error:
        read('{"_meta": {}, "message": "Could not find series"}')
    assert error.value.details["said"] == "Could not find series"
