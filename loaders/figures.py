"""The shipped files as a provider: figures typed in from publications (figures/<key>.csv). Nothing is fetched."""

from datetime import UTC, date, datetime
from pathlib import Path

from loaders.contract import NotFound, Provider, Reading, Request, Response, Unreadable
from tracking.figures import read_lines
from tracking.model import Text
from tracking.problems import Problem

SCHEME = "figures"
FIGURES = Path(__file__).resolve().parent.parent / "figures"

PROVIDER = Provider(
    id="figures",
    name=Text(zh="随附数据", en="Shipped figures"),
    homepage="https://www.gov.cn",
    licence=Text(zh="属各发布机构，注明来源引用", en="Belongs to the publishers; quoted with the source"),
    attribution=Text(zh="来源：逐项数据所注文件", en="Source: the document named with each figure"),
    hosts=(),
    pause=0,
)


def request(key: str, since: date | None = None) -> Request:
    """`figures:NAME`: a file that is read, not fetched."""
    if not _file(key).is_file():
        raise NotFound("figures-file", name=key)
    return Request(f"{SCHEME}:{key}", accept=("text/csv",))


def answer(request: Request) -> Response:
    """The shipped file in the shape of an answer."""
    path = _file(request.url.removeprefix(f"{SCHEME}:"))
    moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Response(request.url, 200, "text/csv", path.read_bytes(), moment)


def parse(response: Response, key: str) -> Reading:
    """Figures of the area after `:`, else those of the catalogue's own area (blank in the file)."""
    name, _, area = key.partition(":")
    problems: list[Problem] = []
    try:
        text = response.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("figures-lines", name=name, what=f"UTF-8: {error.start}") from None
    file = read_lines(text, f"{name}.csv", problems)
    if problems:
        raise Unreadable("figures-lines", name=name, what=problems[0].text())
    series = file.series.get(area)
    if series is None:
        raise NotFound("figures-area", name=name, area=area or "–", known=", ".join(file.series) or "–")
    newest = max((o.published for o in series.observations), key=lambda p: p.end)
    return Reading(series.observations, newest, name=name)


def _file(key: str) -> Path:
    name = key.partition(":")[0]
    if Path(name).name != name or not name:
        raise NotFound("figures-file", name=key)
    return FIGURES / f"{name}.csv"
