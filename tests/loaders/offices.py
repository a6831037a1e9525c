"""Every provider that the catalogue names, on loopback: a server that answers for each series in its office's shape.

The values are the shipped figures, cut to what the office publishes (years, months, quarters), in the office's unit.
They show the way of a figure, and are no publication. From `revise` on, the last figure of every third series is
another, what is published monthly or quarterly goes one period further, and the hosts named in `down` answer 503.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from loaders import nbs
from loaders.refresh import Task, Use, tasks_of
from tracking.catalogue import Catalogue, in_unit
from tracking.freshness import following
from tracking.model import Observation
from tracking.period import Length

FAR = date(2100, 1, 1)
Answer = tuple[int, str, bytes]
BULLETINS = {
    "telecoms": "{to}，电信业务收入累计完成{revenue}亿元，同比{revenue-growth}。\n"
    "{to}，按照上年不变价计算的电信业务总量同比{volume-growth}。\n"
    "截至{month}月末，移动电话用户总数达{mobile-users}亿户，其中，5G移动电话用户达{5g-users}亿户，"
    "占移动电话用户的{5g-share-of-mobile}%。\n"
    "截至{month}月末，固定互联网宽带接入用户总数达{fixed-broadband-users}亿户。\n"
    "截至{month}月末，1000Mbps及以上接入速率的固定互联网宽带接入用户达{gigabit-users}万户。\n"
    "截至{month}月末，移动物联网终端用户达{iot-terminals}亿户。\n"
    "截至{month}月末，5G基站总数达{5g-base-stations}万个。\n"
    "截至{month}月末，光纤接入（FTTH/O）端口达{ftth-ports}亿个。\n"
    "截至{month}月末，10G PON及以上端口数达{10g-pon-ports}万个。\n",
    "software": "{to}，我国软件业务收入{revenue}亿元，同比{revenue-growth}。\n",
}
TITLES = {"telecoms": "通信业", "software": "软件业"}
FOLDERS = {"telecoms": "txy", "software": "rjy"}
PAGES = {"1434685f08314ae8ae78f78b6a5a7915": "telecoms", "50bf589f36614b7394522245a13fedae": "software"}


class Offices:
    """What all the offices know, and whether they have revised it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.tasks = {(t.provider, t.key): t for t in tasks_of(catalogue)}
        self.revised = False
        self.down: set[str] = set()
        self.asked: list[str] = []

    def revise(self, *down: str) -> None:
        self.revised, self.down = True, set(down)

    def answer(self, host: str, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        self.asked.append(host)
        if host in self.down:
            return 503, "text/html", b"<html>503</html>"
        say = {
            "api.worldbank.org": self._worldbank, "unstats.un.org": self._unsd, "api.db.nomics.world": self._dbnomics,
            "comtradeapi.un.org": self._comtrade, "data.stats.gov.cn": self._nbs, "www.miit.gov.cn": self._miit,
        }  # fmt: skip
        return say[host](path, query, body)

    # ---- the figures

    def figures(self, provider: str, key: str, *lengths: Length) -> dict[str, float]:
        """Period -> value in the office's unit, revised if the office has."""
        task = self.tasks[provider, key]
        known = [o for o in _shipped(self.catalogue, task.uses[0]) if o.period.length in lengths]
        found = {o.period.text: round(o.value, o.decimals) for o in known}
        if self.revised and known and self.is_revised(task):
            found[known[-1].period.text] = round(known[-1].value * 1.01, known[-1].decimals + 1)
        if self.revised and known and known[-1].period.length in (Length.MONTH, Length.QUARTER):
            found[following(known).text] = known[-1].value
        return found

    def is_revised(self, task: Task) -> bool:
        return list(self.tasks).index((task.provider, task.key)) % 3 == 0

    # ---- the offices, each in its own shape

    def _worldbank(self, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        if path.endswith("/metadata"):
            said = {"IndicatorName": "Demonstration", "License_Type": "CC BY-4.0"}
            metatype = [{"id": name, "value": value} for name, value in said.items()]
            variable = [{"id": path.split("/")[-2], "metatype": metatype}]
            return _json({"source": [{"id": "2", "concept": [{"id": "Series", "variable": variable}]}]})
        *_, area, _, code = path.split("/")
        rows = [
            {"indicator": {"id": code, "value": "Demonstration"}, "country": {"id": "CN", "value": "China"},
             "countryiso3code": area, "date": year, "value": value, "unit": "", "obs_status": "", "decimal": 1}
            for year, value in reversed(self.figures("worldbank", f"{code}:{area}", Length.YEAR).items())
        ]  # fmt: skip
        updated = "2026-11-20" if self.revised else "2026-10-08"
        head = {"page": 1, "pages": 1, "per_page": 1000, "total": len(rows), "sourceid": "2", "lastupdated": updated}
        return _json([head, rows])

    def _unsd(self, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        series, area = query["seriesCode"], query["areaCode"]
        rows = [
            {"series": series, "seriesDescription": "Demonstration", "geoAreaCode": area, "geoAreaName": "China",
             "timePeriodStart": float(year), "value": str(value), "attributes": {"Nature": "C", "Units": "PERCENT"},
             "dimensions": {"Reporting Type": "G"}}
            for year, value in self.figures("unsd", f"{series}:{area}", Length.YEAR).items()
        ]  # fmt: skip
        return _json({"size": 1000, "totalElements": len(rows), "totalPages": 1, "pageNumber": 1, "data": rows})

    def _dbnomics(self, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        key = query["series_ids"]
        provider, dataset, series = key.split("/")
        months = {p: v for p, v in self.figures("dbnomics", key, Length.MONTH).items() if p < "2026"}
        doc = {
            "@frequency": "monthly", "provider_code": provider, "dataset_code": dataset, "series_code": series,
            "series_name": "Demonstration", "indexed_at": "2026-01-20T02:11:09.123Z", "period": list(months),
            "value": list(months.values()),
        }  # fmt: skip
        return _json({"_meta": {}, "errors": None, "series": {"docs": [doc], "num_found": 1, "limit": 1, "offset": 0}})

    def _comtrade(self, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        key = f"{query['flowCode']}/{query['cmdCode']}:{query['reporterCode']}"
        value = self.figures("comtrade", key, Length.YEAR).get(query["period"])
        rows = [{**query, "primaryValue": value, "isReported": False}] if value is not None else []
        return _json({"count": len(rows), "data": rows, "error": ""})

    def _nbs(self, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        if path.endswith("queryDtByCid"):
            letters = next(
                nbs.LETTERS[line.every] for (cid, _), line in nbs.SERIES.items() if cid == query["cid"]
            )  # fmt: skip
            last = {"MM": "202610MM", "SS": "202603SS"}[letters]
            return _json({"data": {"dt_all": last}, "success": True, "state": 20000, "message": "成功"})
        asked = json.loads(body)
        cid, indicator = asked["cid"], asked["indicatorIds"][0]
        line = nbs.SERIES[cid, indicator]
        key = next(k for p, k in self.tasks if p == "nbs" and k.startswith(f"{cid}/{indicator}"))
        length, december = {"month": (Length.MONTH, "-12"), "quarter": (Length.QUARTER, "-Q4")}[line.every]
        found = self.figures("nbs", key, length)
        if line.year_to_date:  # the year's figure is December's
            found |= {f"{year}{december}": value for year, value in self.figures("nbs", key, Length.YEAR).items()}
        rows = [
            {"code": _code(period), "values": [{
                "_id": indicator, "value": str(round(value + (100 if "index" in key else 0), 2)),
                "i_showname": f"{line.name} ({line.unit}) " if line.unit else line.name, "du_name": line.unit or "无",
                "da": "000000000000", "da_name": "全国", "catalogid": cid}]}
            for period, value in found.items()
        ]  # fmt: skip
        return _json({"data": rows, "success": True, "state": 20000, "message": "成功"})

    def _miit(self, path: str, query: Mapping[str, str], body: bytes) -> Answer:
        month = 10 if self.revised else 9
        if "pageId" in query:
            column = PAGES[query["pageId"]]
            title = f"2026年1—{month}月份{TITLES[column]}经济运行情况"
            link = f'<a href="/gxsj/tjfx/{FOLDERS[column]}/art/2026/art_{month:032}.html" title="{title}">{title}</a>'
            return _json({"success": True, "code": "200", "data": {"html": f"<ul><li>{link}</li></ul>"}})
        column = next(c for c, folder in FOLDERS.items() if f"/{folder}/" in path)
        words: dict[str, object] = {"to": f"1—{month}月", "month": month}
        for (provider, key), task in self.tasks.items():
            if provider == "miit" and key.startswith(f"{column}/"):
                newest = _shipped(self.catalogue, task.uses[0])[-1]
                value = round(newest.value * (1.01 if self.revised else 1), newest.decimals)
                told = f"{'增长' if value >= 0 else '下降'}{abs(value)}%"
                words[key.partition("/")[2]] = told if key.endswith("growth") else value
        text = BULLETINS[column].format_map(words)
        paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
        title = f"2026年1—{month}月份{TITLES[column]}经济运行情况"
        page = f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">' \
               f'<meta name="PubDate" content="2026-{month + 1}-20 10:00"><title>{title}</title></head>' \
               f'<body><h1>{title}</h1><div id="con_con">{paragraphs}</div></body></html>'  # fmt: skip
        return 200, "text/html; charset=utf-8", page.encode()


def _shipped(catalogue: Catalogue, use: Use) -> list[Observation]:
    """The indicator's shipped figures in the office's unit, oldest first."""
    known = catalogue.series(use.indicator.series[0]).as_known_on(FAR)
    return [in_unit(o, use.unit, use.own) for o in known if o.bound is None]


def _code(period: str) -> str:
    """2026-Q2 -> 202602SS, 2026-08 -> 202608MM: as the bureau writes them."""
    year, part = period.split("-")
    return f"{year}0{part[1]}SS" if part.startswith("Q") else f"{year}{part}MM"


def _json(answer: object) -> Answer:
    return 200, "application/json", json.dumps(answer, ensure_ascii=False).encode()


@contextmanager
def serving(offices: Offices) -> Iterator[str]:
    """The address of a mirror on loopback that answers for all of them."""

    class Mirror(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            _, host, path = parts.path.split("/", 2)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, kind, said = offices.answer(host, f"/{path}", query, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
