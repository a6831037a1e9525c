"""The National Bureau of Statistics of China: the data library that replaced easyquery in March 2026.

Key: `cid/indicator[:region][?option&option]`
    cid, indicator   32 hexadecimal digits each: the table and its line
    region           12 digits, `110000000000` for Beijing; left out: the whole country
    index=100        the series is an index, same period of the previous year = 100, and growth is wanted:
                     the value less 100, decimals kept
    every=month|quarter|year, name=…   needed for a line that SERIES does not know: how often it is
                     published, and its name in the library, without its unit

Two steps: `request` asks for the table's latest period (GET new/queryDtByCid), `parse` of that answer gives
the request for the values (POST stream/esData) in `Reading.more`. The whole run is always asked for: the
library restates old figures without a word, so `since` is not used.

The interface is not documented; what is known of it, and where that is from, is in docs/chinese-sources.md.
An index less 100 is not called our arithmetic: an index whose base is the same period of the previous year
is the growth rate, printed another way, and the office prints both. The note says so on every figure.

The server does not always send its intermediate certificate. Connections are verified all the same: put the
intermediate certificate into the system's store, or into the file that REQUESTS_CA_BUNDLE names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from loaders.contract import LoaderError, NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.decoding import json_of, printed_number, text_of
from tracking.model import Check, Observation, Status, Text
from tracking.period import Period, parse_period

BASE = "https://data.stats.gov.cn/dg/website/publicrelease/web/external"
OK = 20000
BLANKS = {"", "无"}  # besides no element at all; a period not yet published is a line of blanks
NO_UNIT = {"", "无"}
NATION = "000000000000"
CHALLENGE = "wzws"  # the script by which the site keeps programs out, sent in place of an answer
FIRST_YEAR = 1990  # no series that we know starts earlier
# letters behind the code -> how often; the root of the national tree, and of the provinces' tree
ROOTS = {
    "MM": ("month", "fc982599aa684be7969d7b90b1bd0e84", "f4c6cd795fea436c807163397dd36b98"),
    "SS": ("quarter", "a94b8b7365a94874968cabbe392cf679", "854f819b04104191a5ae2f2cba270e6c"),
    "YY": ("year", "884c062607104a91967b22742537f44f", "c4d82af16c3d4f0cb4f09d4af7d5888e"),
}
LETTERS = {every: letters for letters, (every, _, _) in ROOTS.items()}

PROVIDER = Provider(
    id="nbs",
    name=Text(zh="国家统计局", en="National Bureau of Statistics of China"),
    homepage="https://data.stats.gov.cn",
    licence=Text(
        zh="版权归国家统计局所有，引用须注明来源；转载前请阅读其网站声明",
        en="Rights remain with the bureau; the source must be named. Read its terms before redistributing",
    ),
    attribution=Text(zh="来源：国家统计局", en="Source: National Bureau of Statistics of China"),
    hosts=("data.stats.gov.cn",),
    pause=1.5,
    limits=Text(
        zh="接口没有公开说明，每次请求间隔不少于1.5秒；部分网络会被拒绝（403）。"
        "被拒绝时，可在网站上手工保存CSV或XLSX，用 nbs-file 读取",
        en="The interface is undocumented. At least 1.5 seconds between requests. Some networks are refused (403): "
        "then save the CSV or XLSX by hand on the site and read it with nbs-file",
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is expected of a line: name without unit, unit, how often it is published.

    `joint` is the first year from which January and February are surveyed together: from then on neither has
    a figure of its own, and a year-to-date series starts with February.
    """

    name: str
    unit: str
    every: str
    joint: int | None = None
    year_to_date: bool = False


def _growth(name: str) -> Line:
    return Line(name, "%", "month", year_to_date=True)


_VALUE_ADDED, _PROFIT = "3f2e14f0542348ed9fe02476eca3450b", "bccae2664cb84c518064089feeaebc15"
_GDP_INDEX = "f9b694c9b79e4ce5958bc88c6410fa67"
SERIES: Mapping[tuple[str, str], Line] = {
    (_VALUE_ADDED, "ef1b1765960d45a29b4d7c4ca91be916"): Line("规上工业增加值同比增长", "%", "month", joint=2013),
    (_VALUE_ADDED, "21e7072e9f384209aedb56e69a18216e"): Line(
        "规上工业增加值累计增长", "%", "month", joint=2013, year_to_date=True
    ),
    ("93ffbb1aa85740d3aa2618371508b606", "a09aa989bdcf4cffa2021795722eb916"): Line("制造业采购经理指数", "%", "month"),
    ("7a64a6e25aec4a8e9dde044ecd9e2cce", "88a150208f6e4a1db8babe41ae700f66"): Line(
        "非制造业商务活动指数", "%", "month"
    ),
    ("455378e1c3264a32875768a35ba5de76", "55cdc89fa122446aa263912bdf14a540"): Line("综合PMI产出指数", "%", "month"),
    ("60e8b361f11c4a878c652a6487a25561", "150633e52b9a470a9a9fd1b296dd6c5b"): Line(
        "工业生产者出厂价格指数(上年同月=100)", "", "month"
    ),
    (_PROFIT, "871e7e2a97394ddfadad8f4a3a0e9bb3"): _growth("工业企业营业利润累计增长"),
    (_PROFIT, "3bf97371ed9c4b7d8258fb92e35b8f5f"): _growth("制造业营业利润累计增长"),
    (_PROFIT, "515f6629a0244bd5bbbb8d1c3570f8b5"): _growth("计算机、通信和其他电子设备制造业营业利润累计增长"),
    (_PROFIT, "b201c25e92634363ab05942fed923ba4"): _growth("医药制造业营业利润累计增长"),
    (_GDP_INDEX, "170e7f00f8c24ede863c0526b42ae81f"): Line("国内生产总值指数(上年同期=100)当季值", "", "quarter"),
    (_GDP_INDEX, "f5b82b2b6ad345a29a337d256a9d5ded"): Line(
        "国内生产总值指数(上年同期=100)累计值", "", "quarter", year_to_date=True
    ),
    ("5129067b149d4ddfbec1ffc478d35bfb", "7e570cf8071c4734a7d78d9f0a70fbe1"): _growth("固定资产投资额累计增长"),
    ("ee3b7046b390415b9b7745e3d16f6052", "3888eac6062945a79c8a27e5f13d4953"): Line("全国城镇调查失业率", "%", "month"),
}

# fmt: off
PROVINCES = {  # by the first two digits of the region
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
    "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
    "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
}
# fmt: on

_KEY = re.compile(
    r"(?P<cid>[0-9a-f]{32})/(?P<indicator>[0-9a-f]{32})(?::(?P<region>\d{12}))?(?:\?(?P<options>.+))?", re.ASCII
)
_CODE = re.compile(r"(?P<year>\d{4})(?P<part>\d{2})?(?P<letters>MM|SS|YY)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Key:
    cid: str
    indicator: str
    region: str
    line: Line
    as_growth: bool

    @property
    def letters(self) -> str:
        return LETTERS[self.line.every]

    @property
    def root(self) -> str:
        _, nation, provinces = ROOTS[self.letters]
        return nation if self.region == NATION else provinces

    @property
    def place(self) -> dict[str, str]:
        name = "全国" if self.region == NATION else PROVINCES[self.region[:2]]
        return {"text": name, "value": self.region}


def request(key: str, since: date | None = None) -> Request:
    """Ask for the table's latest period. Raises NotFound for a key that cannot be one of the library's."""
    wanted = _read_key(key)
    return Request(f"{BASE}/new/queryDtByCid", {"cid": wanted.cid, "rootId": wanted.root})


def parse(response: Response, key: str) -> Reading:
    """Read either answer: the latest period (then `more` asks for the values), or the values.

    Raises NotFound where every value is blank, Refused where the office says no, Unreadable for an answer
    of another shape, name, unit or code.
    """
    wanted = _read_key(key)
    data = _data(response)
    if isinstance(data, dict):
        return Reading((), _day(response), wanted.line.name, more=_ask_values(wanted, _latest(data, wanted)))
    values = _values(data, wanted)
    observations = tuple(_observation(code, value, wanted, _day(response)) for code, value in values.items() if value)
    if not observations:
        raise NotFound("nbs.all-blank", name=wanted.line.name, asked=key)
    ordered = tuple(sorted(observations, key=lambda o: o.period))
    _refuse_future(ordered[-1], response)
    return Reading(ordered, _day(response), wanted.line.name, "%" if wanted.as_growth else wanted.line.unit)


def _read_key(key: str) -> _Key:
    shape = _KEY.fullmatch(key)
    if shape is None:
        raise NotFound("nbs.bad-key", asked=key)
    options = _options(shape["options"] or "", key)
    line = SERIES.get((shape["cid"], shape["indicator"])) or _line_of(options, key)
    region = shape["region"] or NATION
    if region != NATION and region[:2] not in PROVINCES:
        raise NotFound("nbs.bad-region", region=region, asked=key)
    return _Key(shape["cid"], shape["indicator"], region, line, "index" in options)


def _options(text: str, key: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for option in filter(None, text.split("&")):
        name, _, value = option.partition("=")
        allowed = {"index": value == "100", "every": value in LETTERS, "name": bool(value.strip())}
        if name in options or not allowed.get(name, False):
            raise NotFound("nbs.bad-option", option=option, asked=key)
        options[name] = unquote(value)
    return options


def _line_of(options: Mapping[str, str], key: str) -> Line:
    """A line that the table does not know must be described by the key: its name is what guards against mix-ups."""
    if not {"every", "name"} <= options.keys():
        raise NotFound("nbs.unknown-line", asked=key)
    return Line(options["name"], "", options["every"])


def _data(response: Response) -> Any:
    """What stands under `data`, once the answer says that all is well."""
    text = text_of(response)
    if "UrlACL" in text:
        raise Refused("nbs.url-acl", address=response.url)
    if text.lstrip().startswith("<") and CHALLENGE in text.lower():
        raise Refused("nbs.challenge", address=response.url)
    answer = json_of(text, response.url)
    if not isinstance(answer, dict) or not {"success", "state", "data"} <= answer.keys():
        raise _changed("success, state, data", answer)
    if answer["success"] is not True:
        raise Refused("nbs.says-no", message=_short(answer.get("message")), state=_short(answer["state"]))
    if answer["state"] != OK:
        raise Unreadable("nbs.unknown-state", message=_short(answer.get("message")), state=_short(answer["state"]))
    return answer["data"]


def _latest(data: Mapping[str, Any], wanted: _Key) -> str:
    code = data.get("dt_all")
    if not isinstance(code, str) or not code:
        raise _changed("data.dt_all", dict(data))
    _period(code, wanted)
    return code


def _ask_values(wanted: _Key, latest: str) -> Request:
    """`dts` must be a list, and `daCatalogId` empty: otherwise the server ignores the region without a word."""
    first = f"{FIRST_YEAR}{'' if wanted.letters == 'YY' else '01'}{wanted.letters}"
    body = {
        "cid": wanted.cid,
        "indicatorIds": [wanted.indicator],
        "daCatalogId": "",
        "das": [wanted.place],
        "showType": "1",
        "dts": [f"{first}-{latest}"],
        "rootId": wanted.root,
    }
    return Request(f"{BASE}/stream/esData", method="POST", body=body)


def _values(data: object, wanted: _Key) -> dict[str, str]:
    """Period code -> printed value, "" where blank. Checks name, unit and region of every element used."""
    if not isinstance(data, list):
        raise _changed("data[]", data)
    found: dict[str, str] = {}
    others: set[str] = set()
    for row in data:
        if not isinstance(row, dict) or not isinstance(row.get("code"), str) or not isinstance(row.get("values"), list):
            raise _changed("data[].code, data[].values[]", row)
        _period(row["code"], wanted)
        mine = list(_elements(row["values"], wanted, others))
        for value in mine or [""]:
            _keep(found, row["code"], value)
    if others and not any(found.values()):
        raise Unreadable("nbs.other-lines", wanted=wanted.indicator, found=", ".join(sorted(others)[:3]))
    return found


def _keep(found: dict[str, str], code: str, value: str) -> None:
    before = found.get(code, "")
    if before and value and Decimal(before) != Decimal(value):
        raise Unreadable("nbs.two-values", period=code, first=before, second=value)
    found[code] = before or value


def _elements(values: Iterable[object], wanted: _Key, others: set[str]) -> Iterable[str]:
    for element in values:
        if not isinstance(element, dict) or not isinstance(element.get("_id"), str):
            raise _changed("data[].values[]._id", element)
        if element["_id"] != wanted.indicator:
            others.add(_short(element["_id"]))
        else:
            _check_identity(element, wanted)
            yield _printed(element.get("value"))


def _printed(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable("nbs.no-text", value=_short(value))
    text = value.strip()
    if text in BLANKS:
        return ""
    if printed_number(text) is None:
        raise Unreadable("nbs.no-number", value=_short(text))
    return text.replace(",", "")


def _check_identity(element: Mapping[str, Any], wanted: _Key) -> None:
    """The library may be reorganised: a line under a known id must still be the line that we know."""
    unit = _plain(element.get("du_name"))
    name = _plain(element.get("i_showname")).removesuffix(f"({unit})")
    if name != _plain(wanted.line.name):
        raise Unreadable("nbs.other-name", expected=wanted.line.name, found=_short(element.get("i_showname")))
    known = (wanted.cid, wanted.indicator) in SERIES
    if known and ("" if unit in NO_UNIT else unit) != wanted.line.unit:
        raise Unreadable("nbs.other-unit", name=name, expected=wanted.line.unit or "无", found=_short(unit) or "无")
    if "da" in element and element["da"] != wanted.region:
        raise Unreadable("nbs.other-region", expected=wanted.region, found=_short(element["da"]))


def _plain(text: object) -> str:
    """A name without its spaces, which the library strews in, and with one kind of brackets."""
    return re.sub(r"\s+", "", text).replace("（", "(").replace("）", ")") if isinstance(text, str) else ""


def _period(code: str, wanted: _Key) -> Period:
    """`202608MM`, `202602SS` (the quarter's number, not its month), `2025YY`."""
    shape = _CODE.fullmatch(code)
    if shape is None or shape["letters"] != wanted.letters or (shape["part"] is None) != (shape["letters"] == "YY"):
        raise Unreadable("nbs.bad-period", period=_short(code), expected=wanted.line.every)
    part = {"MM": f"-{shape['part']}", "SS": f"-Q{int(shape['part'] or 0)}", "YY": ""}[shape["letters"]]
    try:
        return parse_period(shape["year"] + part)
    except ValueError:
        raise Unreadable("nbs.bad-period", period=_short(code), expected=wanted.line.every) from None


def _observation(code: str, value: str, wanted: _Key, published: Period) -> Observation:
    period = _period(code, wanted)
    refuse_lone_month(period, value, wanted.line)
    number, decimals = printed_number(value) or (Decimal(), 0)
    return Observation(
        period=period,
        value=float(number - 100 if wanted.as_growth else number),
        decimals=decimals,
        bound=None,
        status=Status.NORMAL,
        published=published,
        document=PROVIDER.id,
        check=Check.READ,
        derived="",
        note=index_note(value) if wanted.as_growth else None,
    )


def index_note(value: str) -> Text:
    """What was printed, where growth is an index less 100."""
    return Text(
        zh=f"公布为指数{value}（上年同期=100）",
        en=f"Published as the index {value} (same period of the previous year = 100)",
    )


def refuse_lone_month(period: Period, value: str, line: Line | None) -> None:
    """January and February are surveyed together: a figure for one of them alone would be something else."""
    if line is None or line.joint is None or period.year < line.joint:
        return
    alone = {1} if line.year_to_date else {1, 2}
    if period.end.month in alone:
        raise Unreadable("nbs.lone-month", name=line.name, period=period.text, value=value, year=line.joint)


def _refuse_future(last: Observation, response: Response) -> None:
    if last.period.start > response.retrieved.date():
        raise Unreadable("nbs.future", period=last.period.text, day=response.retrieved.date().isoformat())


def _day(response: Response) -> Period:
    """The answer bears no date: the vintage is the day on which it was fetched."""
    return parse_period(response.retrieved.date().isoformat())


def _changed(expected: str, found: object) -> LoaderError:
    keys = ", ".join(map(str, found)) if isinstance(found, dict) else type(found).__name__
    return Unreadable("nbs.changed", expected=expected, found=_short(keys) or "{}")


def _short(value: object) -> str:
    return str(value)[:80].strip()
