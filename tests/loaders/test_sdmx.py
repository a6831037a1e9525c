"""SDMX: both forms of SDMX-ML through sdmx1, CSV without it."""

import subprocess
import sys
from datetime import date

import pytest

from loaders import sdmx
from loaders.contract import NotFound, Reading, Refused, Unreadable
from tests.loaders.reply import answer, decimals, reply, statuses, values

KEY = "bis/WS_TC/Q.CN"
XML = "application/vnd.sdmx.genericdata+xml"
GENERIC = answer("sdmx/generic.xml").decode()
LABELS = answer("sdmx/labels.csv").decode()


def read(body: str, media: str = XML, key: str = KEY) -> Reading:
    return sdmx.parse(reply(body, media), key)


def test_values_keep_the_decimals_that_were_printed() -> None:
    assert decimals(read(GENERIC)) == {"2025-Q1": 1, "2025-Q2": 2, "2025-Q4": 1}


def test_a_power_of_ten_is_kept_in_the_unit_and_the_values_are_not_scaled() -> None:
    assert read(GENERIC).unit == "USD ×10^9"
    assert values(read(GENERIC))["2025-Q2"] == 200.5


def test_statuses_are_translated_and_caveats_noted() -> None:
    found = read(GENERIC)
    assert statuses(found) == {"2025-Q1": "break", "2025-Q2": "normal", "2025-Q4": "normal"}
    assert [o.note.en for o in found.observations if o.note] == ["of low reliability"]
    with pytest.raises(Unreadable, match=r"parse\.status"):
        read(GENERIC.replace('value="B"', 'value="Y9"'))


def test_structure_specific_data_are_read_too() -> None:
    found = read(answer("sdmx/structure-specific.xml").decode())
    assert values(found) == {"2025-01": 4.35, "2025-02": 4.2}
    assert decimals(found)["2025-01"] == 3 and statuses(found)["2025-02"] == "estimated"


def with_japan() -> str:
    start, end = GENERIC.index("<generic:Series>"), GENERIC.index("</message:DataSet>")
    other = GENERIC[start:end].replace('value="CN"', 'value="JP"').replace("2025-Q", "2024-Q")
    return GENERIC[:end] + other + GENERIC[end:]


def test_two_series_are_not_one() -> None:
    with pytest.raises(NotFound, match=r"key\.several"):
        read(with_japan(), key="bis/WS_TC/Q.")
    with pytest.raises(NotFound, match=r"key\.several"):
        read(LABELS.replace("CHN,China", "JPN,Japan", 1), "text/csv")


def test_of_several_series_in_a_file_the_keys_codes_pick_one() -> None:
    assert values(read(with_japan())) == values(read(GENERIC))
    assert {p[:4] for p in values(read(with_japan(), key="bis/WS_TC/Q.JP"))} == {"2024"}
    labelled = LABELS.replace("CHN,China", "JPN,Japan", 1)
    key = "oecd/DSD_MSTI@DF_MSTI/" + read(LABELS, "text/csv").name
    assert len(values(read(labelled, "text/csv", key))) == len(values(read(LABELS, "text/csv"))) - 1


def test_a_broken_answer_leaves_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Unreadable):
        read(GENERIC[:-400])
    assert capsys.readouterr().out == ""


def test_a_doubled_period_with_another_value_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.twice"):
        read(GENERIC.replace("2025-Q1", "2025-Q2"))


def test_weeks_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.week"):
        read(GENERIC.replace("2025-Q1", "2025-W05"))


def test_entities_of_ones_own_are_refused() -> None:
    bomb = GENERIC.replace(
        "<message:GenericData", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<message:GenericData', 1
    )
    with pytest.raises(Unreadable, match=r"parse\.doctype"):
        read(bomb.replace('value="CN"', 'value="&a;"'))


def test_an_answer_of_another_kind_of_xml_is_refused() -> None:
    for body in ("<a/>", "<?xml version='1.0'?><rss></rss>", GENERIC.replace("GenericData", "OtherData")):
        with pytest.raises(Unreadable, match=r"parse\.not-sdmx"):
            read(body)


def test_a_set_without_series_is_not_found() -> None:
    start, end = GENERIC.index("<generic:Series>"), GENERIC.index("</message:DataSet>")
    with pytest.raises(NotFound, match=r"not-found\.no-values"):
        read(GENERIC[:start] + GENERIC[end:])


def test_csv_with_labels_is_read_with_its_missing_left_out() -> None:
    found = read(LABELS, "text/csv")
    assert values(found) == {"2022": 2.5, "2023": 2.6}
    assert decimals(found)["2023"] == 2 and statuses(found)["2022"] == "break"
    assert (found.unit, found.published.text) == ("PT_B1GQ", "2026-11-24")


def test_eurostats_csv_brings_its_day_of_update_and_its_letters() -> None:
    found = read(answer("sdmx/eurostat.csv").decode(), "text/csv")
    assert found.published.text == "2026-09-17"
    assert statuses(found) == {"2023": "normal", "2024": "break"}


def test_values_in_two_units_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"parse\.units"):
        read(LABELS.replace("Normal value,0,Units", "Normal value,6,Millions"), "text/csv")


@pytest.mark.parametrize("gone", ["TIME_PERIOD", "OBS_VALUE"])
def test_csv_without_a_column_of_the_contract_is_refused(gone: str) -> None:
    with pytest.raises(Unreadable, match=r"parse\.columns"):
        read(LABELS.replace(gone, "X"), "text/csv")


def test_the_office_is_a_name_from_the_list() -> None:
    with pytest.raises(NotFound, match=r"key\.office"):
        sdmx.request("evil/WS_TC/Q.CN")
    hosts = {sdmx.request(f"{office}/X/A.B").url.split("/")[2] for office in sdmx.OFFICES}
    assert hosts == set(sdmx.PROVIDER.hosts)
    assert sdmx.request(KEY, date(2019, 5, 1)).params == {"startPeriod": "2019"}


WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name == "sdmx": raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Gone())
sys.path = [p for p in sys.path if "site-packages" not in p] + [p for p in sys.path if "site-packages" in p]
from tests.loaders.test_sdmx import KEY, LABELS, GENERIC, read
from loaders.contract import Refused
print(len(read(LABELS, "text/csv").observations))
try: read(GENERIC)
except Refused as error: print(error.key)
"""


def test_without_sdmx1_a_csv_is_read_and_xml_refused_with_the_cure() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["2", "refused.sdmx1"], done.stderr


def test_sdmx1_is_imported_only_when_such_an_answer_is_there() -> None:
    code = "import sys, loaders.sdmx; print('sdmx' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_a_refusal_in_a_footer_is_a_refusal() -> None:
    start, end = GENERIC.index("<generic:Series>"), GENERIC.index("</message:GenericData>")
    footer = (
        '</message:DataSet><footer:Footer xmlns:footer="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message/footer">'
        '<footer:Message code="413" severity="Information"><common:Text>Due to the large query the response will be '
        "available later</common:Text></footer:Message></footer:Footer>"
    )
    with pytest.raises(Refused) as error:
        read(GENERIC[:start] + footer + GENERIC[end:])
    assert error.value.details["code"] == "413"
