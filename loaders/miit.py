"""Monthly bulletins of China's Ministry of Industry and Information Technology: telecoms and software.

Key: `column/figure[@period]`, as `telecoms/revenue`, `software/exports`, `telecoms/revenue@2025-07`
    column   `telecoms` (通信业) or `software` (软件业)
    figure   a name of FIGURES
    period   the month to which the bulletin runs, or the year of a yearly one; left out: the newest bulletin

There is no open interface. `request` asks for the column's list of the newest 24 bulletins (JSON that holds
HTML), `parse` of that gives the request for one bulletin in `Reading.more`, `parse` of the bulletin reads the
figure in its sentences and tables. A page that was saved by hand is parsed in the same way.

Figures since January run from January to the period (accumulation year-to-date), counts are those at its end.
Every figure keeps its sentence as note. What a sentence says of a region, of another period or of a part is
not the figure. 下降 makes a growth negative; 超过, 以上, 约 stay bounds; 万亿元 and 亿元 are brought to the unit of
FIGURES by shifting the decimal point.

The site refuses programs that do not pass themselves off as a browser. This one gives its name: where it is
refused, open the bulletin in a browser, save the page, and parse the file.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from loaders.contract import NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.decoding import json_of, printed_number, text_of
from tracking.model import Bound, Check, Observation, Status, Text
from tracking.period import Period, parse_period

HOME = "https://www.miit.gov.cn"
LIST = f"{HOME}/api-gateway/jpaas-publish-server/front/page/build/unit"
LIST_PARAMS = {
    "parseType": "buildstatic",
    "webId": "8d828e408d90447786ddbe128d495e9e",
    "tplSetId": "209741b2109044b5b7695700b2bec37e",
    "pageType": "column",
    "tagId": "右侧内容",
    "editType": "null",
}
REFUSALS = {401, 403, 405}
BODY = "con_con"
BLOCKS = {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "section", "table"}
NO_TEXT = {"table", "script", "style"}  # tables are read line by line

PROVIDER = Provider(
    id="miit",
    name=Text(zh="工业和信息化部", en="Ministry of Industry and Information Technology of China"),
    homepage="https://www.miit.gov.cn/gxsj/tjfx/",
    licence=Text(
        zh="版权归工业和信息化部所有，引用须注明来源；定期抓取前请阅读其网站声明",
        en="Rights remain with the ministry; the source must be named. Read its terms before fetching on a timer",
    ),
    attribution=Text(
        zh="来源：工业和信息化部运行监测协调局",
        en="Source: Ministry of Industry and Information Technology of China, Operation Monitoring Bureau",
    ),
    hosts=("www.miit.gov.cn",),
    pause=2.0,
    limits=Text(
        zh="没有公开接口，只能看到最近24期公报；网站常拒绝程序访问（403）。"
        "被拒绝时，请用浏览器打开公报并保存网页，再用 parse 读取该文件",
        en="No open interface; only the newest 24 bulletins are listed. The site often refuses programs (403): "
        "then open the bulletin in a browser, save the page, and read the file with parse",
    ),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the site: its list, the folder of its bulletins, and the word every title of it holds."""

    page: str
    folder: str
    word: str


COLUMNS = {
    "telecoms": Column("1434685f08314ae8ae78f78b6a5a7915", "txy", "通信业"),
    "software": Column("50bf589f36614b7394522245a13fedae", "rjy", "软件"),
}

# printed unit -> (quantity, power of ten)
UNITS = {
    "元": ("元", 0),
    "万元": ("元", 4),
    "亿元": ("元", 8),
    "万亿元": ("元", 12),
    "美元": ("美元", 0),
    "万美元": ("美元", 4),
    "亿美元": ("美元", 8),
    "户": ("户", 0),
    "万户": ("户", 4),
    "亿户": ("户", 8),
    "个": ("个", 0),
    "万个": ("个", 4),
    "亿个": ("个", 8),
    "%": ("%", 0),
}
BEFORE = {"约": Bound.ABOUT, "近": Bound.ABOUT, "超过": Bound.ABOVE, "超": Bound.ABOVE, "逾": Bound.ABOVE,
          "突破": Bound.ABOVE, "不足": Bound.BELOW, "不到": Bound.BELOW}  # fmt: skip
AFTER = {"以上": Bound.AT_LEAST, "左右": Bound.ABOUT, "以内": Bound.AT_MOST}
# a fall of more than 2 per cent is a growth of less than -2 per cent
TURNED: Mapping[Bound | None, Bound] = {
    Bound.ABOVE: Bound.BELOW, Bound.BELOW: Bound.ABOVE, Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST
}  # fmt: skip
SIGNS = {"增长": 1, "上升": 1, "下降": -1, "减少": -1, "下滑": -1}

_NUMBER = r"(?P<number>\d[\d,]*+(?:\.\d+)?+)"
_UNIT = "|".join(sorted((u for u in UNITS if u != "%"), key=len, reverse=True))
_BEFORE = rf"(?P<before>{'|'.join(sorted(BEFORE, key=len, reverse=True))})?"
_AFTER = rf"(?P<after>{'|'.join(AFTER)})?"
_VERB = r"(?:数量)?(?:累计|共计|共)?(?:完成|实现|达到|达|为)?"
# a unit that UNITS lacks is caught too, so that it can be named
_AMOUNT = rf"{_VERB}{_BEFORE}{_NUMBER}(?!%)(?P<unit>{_UNIT}|[^\d\s，,。；;：:、（）()%]{{0,6}}){_AFTER}"
_SKIPPED = rf"(?:{_VERB}(?:{'|'.join(BEFORE)})?[\d,.]+(?:{_UNIT})(?:{'|'.join(AFTER)})?)?[，,]?"
_GROWTH = (
    rf"{_SKIPPED}(?:同比|比上年(?:同期)?|较上年(?:同期)?)?(?P<sign>{'|'.join(SIGNS)}){_BEFORE}{_NUMBER}(?P<unit>%)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what stands before its number, its unit here, and its line in the bulletin's table."""

    name: str
    subject: str
    unit: str
    number: str = _AMOUNT
    row: str = ""

    @property
    def is_growth(self) -> bool:
        return self.number is _GROWTH


def _pair(name: str, subject: str, unit: str, row: str) -> tuple[Figure, Figure]:
    """An amount and its growth on the same period of the previous year."""
    return Figure(name, subject, unit, row=row), Figure(f"{name}增速", subject, "%", _GROWTH, row=row)


_REVENUE = _pair("电信业务收入", r"电信业务收入", "亿元", "电信业务收入")
_SOFTWARE = _pair("软件业务收入", r"软件业务收入", "亿元", "软件业务收入")
_PROFIT = _pair("软件业利润总额", r"利润总额", "亿元", "利润总额")
_EXPORTS = _pair("软件业务出口", r"软件业务出口(?:额)?", "亿美元", "软件业务出口")
_SHARE = rf"(?:的比重|的)?(?:为|达到|达)?{_BEFORE}{_NUMBER}(?P<unit>%){_AFTER}"
FIGURES: Mapping[str, Figure] = {
    "telecoms/revenue": _REVENUE[0],
    "telecoms/revenue-growth": _REVENUE[1],
    "telecoms/volume-growth": Figure("电信业务总量增速", r"电信业务总量", "%", _GROWTH),
    "telecoms/5g-base-stations": Figure("5G基站总数", r"5G基站(?:总数|总量)?", "万个"),
    "telecoms/5g-users": Figure("5G移动电话用户", r"5G移动电话用户(?:总?数)?", "亿户"),
    "telecoms/5g-share-of-mobile": Figure(
        "5G用户占移动电话用户的比重", r"5G移动电话用户[^。；]{0,80}占移动电话用户(?:总数)?", "%", _SHARE
    ),
    "telecoms/gigabit-users": Figure(
        "千兆及以上宽带接入用户",
        r"(?:1000Mbps|千兆)及以上(?:接入)?速率的(?:固定互联网宽带接入|固定宽带接入)?用户(?:总?数)?",
        "万户",
    ),
    "telecoms/fixed-broadband-users": Figure("固定互联网宽带接入用户总数", r"固定互联网宽带接入用户总数", "亿户"),
    "telecoms/mobile-users": Figure("移动电话用户总数", r"(?<!G)移动电话用户(?:总数|合计)", "亿户"),
    "telecoms/iot-terminals": Figure("移动物联网终端用户", r"(?:移动|蜂窝)物联网终端用户(?:总?数)?", "亿户"),
    "telecoms/10g-pon-ports": Figure("10G PON及以上端口数", r"10GPON(?:及以上)?端口(?:总?数)?", "万个"),
    "telecoms/ftth-ports": Figure("光纤接入（FTTH/O）端口数", r"光纤接入[（(]FTTH/O[）)]端口(?:总?数)?", "亿个"),
    "software/revenue": _SOFTWARE[0],
    "software/revenue-growth": _SOFTWARE[1],
    "software/profit": _PROFIT[0],
    "software/profit-growth": _PROFIT[1],
    "software/exports": _EXPORTS[0],
    "software/exports-growth": _EXPORTS[1],
}

# the headings of a table's columns
HEADINGS = {
    "name": r"指标(?:名称)?",
    "unit": r"(?:计量)?单位",
    "value": r"本期累计|本年累计|累计|1[-—]\d+月(?:份)?累计",
    "growth": r"(?:累计)?同比(?:增减|增长)(?:[（(]?%[）)]?)?",
}
# what was added is not what there is
_NO_INCREASE = r"(?<!新建)(?<!新增)(?<!净增)"

_KEY = re.compile(r"(?P<figure>(?P<column>[a-z]+)/[a-z0-9-]+)(?:@(?P<period>\d{4}(?:-\d{2})?))?", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．ＧＰＯＮ", "0123456789%.GPON")
_DASH = r"[-—–－−~～至到]+"
_CHINESE_DIGITS = "零一二三四五六七八九十"
# each alternative says to which month of the year what follows it runs
_WHEN = re.compile(
    rf"(?:(?P<year>\d{{4}})年)?(?:"
    rf"1(?:月份?)?{_DASH}(?P<to>\d{{1,2}})月(?:份)?"
    rf"|前(?P<first>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})个?月"
    rf"|(?P<q1>一季度)|(?P<h1>上半年)|(?P<q3>前三季度)|(?P<all>全年)"
    rf"|(?P<end>\d{{1,2}})月(?:份)?(?:末|底)"
    rf"|(?P<yearend>年末|年底|(?<=\d年)末|(?<=\d年)底)"
    rf"|(?P<alone>\d{{1,2}})月份?)"
)
_SPANS = {"q1": 3, "h1": 6, "q3": 9, "all": 12, "yearend": 12}
_YEAR = re.compile(r"(\d{4})年")
_COMPARED = re.compile(r"[较比与][^，,。；;]*")  # 比上年末净增…, 增速较上半年…: another period, which is not meant
_YEARLY = re.compile(r"(?P<year>\d{4})年(?:全国|我国)?(?:通信业|软件)")
_PART = re.compile(r"地区|[东中西]部|东北|京津冀|长三角|省|副省级|农村|分别")
_LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    column: Column
    figure: Figure
    period: Period | None


@dataclass(frozen=True, slots=True)
class _Found:
    """One reading of the figure, in its unit; `step` is the worth of its last printed digit."""

    value: Decimal
    step: Decimal
    bound: Bound | None
    source: str

    @property
    def decimals(self) -> int:
        return max(0, -int(self.step.adjusted()))

    def agrees(self, other: "_Found") -> bool:
        """Whether one may be the other, rounded; or lies within the other's bound."""
        if self.bound is None and other.bound in (Bound.ABOVE, Bound.AT_LEAST):
            return self.value >= other.value
        if self.bound is None and other.bound in (Bound.BELOW, Bound.AT_MOST):
            return self.value <= other.value
        about = Bound.ABOUT in (self.bound, other.bound)
        return about or abs(self.value - other.value) <= max(self.step, other.step) / 2


def request(key: str, since: date | None = None) -> Request:
    """Ask for the column's newest bulletins. Raises NotFound for a key that names no figure of FIGURES."""
    wanted = _read_key(key)
    return Request(LIST, {**LIST_PARAMS, "pageId": wanted.column.page})


def parse(response: Response, key: str) -> Reading:
    """Read a list (then `more` asks for the bulletin) or a bulletin (one observation).

    Raises NotFound where the bulletin does not say the figure, Refused where the site keeps us out,
    Unreadable for a page of another shape or a bulletin that says the figure twice.
    """
    wanted = _read_key(key)
    if response.status in REFUSALS:
        raise Refused("miit.refused", address=response.url)
    text = text_of(response, "gb18030")
    if text.lstrip().startswith(("{", "[")):
        address = _bulletin_address(json_of(text, response.url), wanted)
        more = Request(address, accept=("text/html", "application/xhtml+xml"))
        return Reading((), _retrieved(response), wanted.figure.name, wanted.figure.unit, more=more)
    return _read_bulletin(_page(text), response, wanted)


def _read_key(key: str) -> _Key:
    shape = _KEY.fullmatch(key)
    if shape is None or shape["figure"] not in FIGURES:
        raise NotFound("miit.bad-key", asked=key, known=", ".join(FIGURES))
    try:
        period = parse_period(shape["period"]) if shape["period"] else None
    except ValueError:
        raise NotFound("miit.bad-period", asked=key, period=shape["period"]) from None
    return _Key(shape["figure"], COLUMNS[shape["column"]], FIGURES[shape["figure"]], period)


# The list of bulletins


def _bulletin_address(answer: object, wanted: _Key) -> str:
    """The address of the newest bulletin, or of the one that runs to the period asked for."""
    if isinstance(answer, dict) and answer.get("success") is False:
        raise Refused("miit.says-no", message=str(answer.get("message"))[:80])
    data = answer.get("data") if isinstance(answer, dict) else None
    listing = data.get("html") if isinstance(data, dict) else None
    if not isinstance(listing, str):
        raise Unreadable("miit.changed-list", found=json.dumps(answer, ensure_ascii=False)[:80])
    bulletins = dict(reversed(list(_bulletins(_page(listing), wanted.column))))  # of two, the one listed first
    if not bulletins:
        raise Unreadable("miit.empty-list", word=wanted.column.word)
    period = wanted.period or max(bulletins)
    if period not in bulletins:
        oldest, newest = min(bulletins), max(bulletins)
        raise NotFound("miit.not-listed", period=period.text, oldest=oldest.text, newest=newest.text)
    return bulletins[period]


def _bulletins(listing: Any, column: Column) -> Iterator[tuple[Period, str]]:
    for link in listing.iter("a"):
        title = _compact(link.get("title") or link.text_content())
        period = _title_period(title) if column.word in title and "解读" not in title else None
        address = _own_address(link.get("href") or "", column)
        if period and address:
            yield period, address


def _own_address(href: str, column: Column) -> str:
    """The address if it is a bulletin of this column on this site, else nothing."""
    try:
        parts = urlsplit(urljoin(HOME, href.strip()))
    except ValueError:
        return ""
    ours = re.fullmatch(rf"/gxsj/tjfx/{column.folder}/art/\d{{4}}/art_[0-9A-Za-z]+\.html", parts.path, re.ASCII)
    return HOME + parts.path if ours and parts.netloc == urlsplit(HOME).netloc else ""


def _title_period(title: str) -> Period | None:
    """`2026年1—7月份…` runs to July; `2025年通信业统计公报` is of the year."""
    when = _WHEN.search(title)
    month = _month(when) if when else None
    if when and when["year"] and month and not when["alone"]:
        return _try_period(f"{when['year']}-{month:02d}")
    yearly = _YEARLY.search(title)
    return _try_period(yearly["year"]) if yearly and when is None else None


def _try_period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None


def _month(when: re.Match[str]) -> int | None:
    for name, month in _SPANS.items():
        if when[name]:
            return month
    digits = when["to"] or when["first"] or when["end"] or when["alone"]
    return int(digits) if digits.isdigit() else _chinese_number(digits)


def _chinese_number(digits: str) -> int | None:
    """十 is 10, 十一 is 11: no other month has two characters."""
    if len(digits) == 2:
        return 10 + _CHINESE_DIGITS.index(digits[1]) if digits[0] == "十" and digits[1] != "十" else None
    return _CHINESE_DIGITS.index(digits)


# One bulletin


def _read_bulletin(page: Any, response: Response, wanted: _Key) -> Reading:
    title = _title(page)
    period = _title_period(_compact(title)) if wanted.column.word in title else None
    if period is None:
        raise Unreadable("miit.other-page", word=wanted.column.word, title=title[:80] or "—")
    if wanted.period and wanted.period != period:
        raise Unreadable("miit.other-period", expected=wanted.period.text, found=period.text)
    found = _one(list(_readings(_body(page, response), wanted.figure, period)), wanted.figure, title)
    published = _published(page, response)
    if published.end < period.start:
        raise Unreadable("miit.before-period", published=published.text, period=period.text)
    observation = _observation(found, period, published)
    return Reading((observation,), published, wanted.figure.name, wanted.figure.unit)


def _page(text: str) -> Any:
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError:
        raise Unreadable("miit.no-page") from None


def _title(page: Any) -> str:
    metas = page.xpath("//meta[@name='ArticleTitle']/@content")
    places = [*metas, *(e.text_content() for e in page.iter("h1", "title"))]
    return next((" ".join(str(t).split()) for t in places if str(t).strip()), "")


def _published(page: Any, response: Response) -> Period:
    """The bulletin's own day; without one the day on which it was fetched."""
    metas = page.xpath("//meta[@name='PubDate']/@content")
    visible = re.findall(r"发布时间[:：]\s*(\d{4}-\d{2}-\d{2})", page.text_content())
    for text in [*metas, *visible]:
        day = _try_period(str(text).strip()[:10])
        if day:
            return day
    return _retrieved(response)


def _body(page: Any, response: Response) -> Any:
    bodies = page.xpath(f"//*[@id='{BODY}']")
    if not bodies:
        raise Unreadable("miit.no-body", place=f"#{BODY}", address=response.url)
    return bodies[0]


def _readings(body: Any, figure: Figure, period: Period) -> Iterator[_Found]:
    tables = [_cells(table) for table in body.iter("table")]
    for rows in tables:
        yield from _in_table(rows, figure)
    for sentence in _sentences(body):
        yield from _in_sentence(sentence, figure, period)


def _sentences(body: Any) -> list[str]:
    pieces = re.split(r"(?<=[。；;！])|\n", "".join(_running_text(body)))
    return [" ".join(piece.split()) for piece in pieces if piece and piece.strip()]


def _running_text(body: Any) -> Iterator[str]:
    """The text outside tables, with a new line at each block's edge."""
    walk = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            yield "\n" if node.tag in BLOCKS else ""
            if node.tag in NO_TEXT:
                walk.skip_subtree()
            else:
                yield node.text or ""
        else:
            yield "\n" if node.tag in BLOCKS else ""
            yield (node.tail or "") if node is not body else ""


def _in_sentence(sentence: str, figure: Figure, period: Period) -> Iterator[_Found]:
    compact = _compact(sentence)
    for match in re.finditer(_NO_INCREASE + figure.subject + figure.number, compact):
        before = compact[: match.start()]
        if _is_of(before, period) and not _PART.search(before):
            yield _found(match, figure, sentence)


def _is_of(before: str, period: Period) -> bool:
    """Whether the words before the figure speak of the bulletin's period; silence means that they do."""
    meant = _COMPARED.sub("", before)
    years, times = _YEAR.findall(meant), list(_WHEN.finditer(meant))
    if years and int(years[-1]) != period.year:
        return False
    return not times or (not times[-1]["alone"] and _month(times[-1]) == period.end.month)


def _found(match: re.Match[str], figure: Figure, source: str) -> _Found:
    parts = match.groupdict()
    value, step = _in_unit(parts["number"], parts["unit"], figure, source)
    bound = AFTER.get(parts.get("after") or "") or BEFORE.get(parts["before"] or "")
    sign = SIGNS.get(parts.get("sign") or "", 1)
    return _Found(value * sign, step, TURNED.get(bound, bound) if sign < 0 else bound, source[:_LONGEST_NOTE])


def _in_unit(printed: str, unit: str, figure: Figure, source: str) -> tuple[Decimal, Decimal]:
    """The number in the figure's unit, and the worth of its last printed digit there."""
    number = printed_number(printed)
    if number is None:
        raise Unreadable("miit.no-number", figure=figure.name, number=printed[:40], sentence=source[:_LONGEST_NOTE])
    quantity, power = UNITS.get(unit, ("", 0))
    wanted_quantity, wanted_power = UNITS[figure.unit]
    if quantity != wanted_quantity:
        details = {"unit": unit or "—", "expected": figure.unit, "sentence": source[:_LONGEST_NOTE]}
        raise Unreadable("miit.other-unit", figure=figure.name, **details)
    value, decimals = number
    shift = power - wanted_power
    return value.scaleb(shift), Decimal(1).scaleb(shift - decimals)


def _one(found: list[_Found], figure: Figure, title: str) -> _Found:
    """The most exact of the readings, which must all be the same number, more or less rounded."""
    if not found:
        raise NotFound("miit.not-said", figure=figure.name, title=title[:80])
    best = min(found, key=lambda f: (f.bound is not None, f.step))
    for other in found:
        if not best.agrees(other):
            details = {"first": best.source, "second": other.source}
            raise Unreadable("miit.said-twice", figure=figure.name, **details)
    return best


def _observation(found: _Found, period: Period, published: Period) -> Observation:
    return Observation(
        period=period,
        value=float(found.value),
        decimals=found.decimals,
        bound=found.bound,
        status=Status.NORMAL,
        published=published,
        document=PROVIDER.id,
        check=Check.READ,
        derived="",
        note=Text(zh=f"公报原文：{found.source}", en=f"In the bulletin's words: {found.source}"),
    )


# The tables at a bulletin's end: name, unit, figure since January, growth


def _cells(table: Any) -> list[list[str]]:
    return [[_compact(cell.text_content()) for cell in row.iter("td", "th")] for row in table.iter("tr")]


def _in_table(rows: list[list[str]], figure: Figure) -> Iterator[_Found]:
    places = next((p for p in map(_places, rows) if p), None)
    if places is None or not figure.row:
        return
    column = places.get("growth" if figure.is_growth else "value")
    for row in rows:
        if column is not None and len(row) > max(places.values()) and _row_name(row[places["name"]]) == figure.row:
            unit = "%" if figure.is_growth else row[places["unit"]]
            yield from _in_cell(row[column], unit, figure, " | ".join(row))


def _in_cell(cell: str, unit: str, figure: Figure, source: str) -> Iterator[_Found]:
    sign, digits = (-1, cell[1:]) if cell[:1] in "-−－" else (1, cell)
    if digits.strip("-—–"):
        value, step = _in_unit(digits.removesuffix("%"), unit, figure, source)
        yield _Found(value * sign, step, None, source[:_LONGEST_NOTE])


def _places(header: list[str]) -> dict[str, int] | None:
    """Where the columns stand; None for a line that is no header of this kind."""
    places = {k: i for k, pattern in HEADINGS.items() for i, cell in enumerate(header) if re.fullmatch(pattern, cell)}
    return places if {"name", "unit", "value"} <= places.keys() else None


def _row_name(name: str) -> str:
    """A line's name without its numbering: `一、软件业务收入`, `1.软件产品收入`, `软件业务收入合计`."""
    return re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、．])", "", name).removesuffix("合计")


def _compact(text: Iterable[str] | str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", str(text)).translate(_FULL_WIDTH)


def _retrieved(response: Response) -> Period:
    return parse_period(response.retrieved.date().isoformat())
