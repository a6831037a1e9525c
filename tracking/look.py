"""The look in numbers: colours by theme, the icon of each standing, and small pictures as data addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

from tracking.model import Standing

SANS = (
    '"Source Sans", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", '
    '"Microsoft YaHei", sans-serif'
)

# A picture leaves the page without its fonts, so these name what is on the reader's own machine. Latin letters of the
# first three are those of "Source Sans".
LETTERS = (
    '"Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", '
    '"WenQuanYi Micro Hei", sans-serif'
)
TITLES = (
    '"Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "PingFang SC", "Microsoft YaHei", '
    '"Noto Sans CJK SC", serif'
)


@dataclass(frozen=True)
class Theme:
    """Colours of the page. `standing` is the strong colour of a standing, `tint` the ground of a running one."""

    name: str
    ground: str
    panel: str
    rule: str
    grid: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    old: str
    glyph: Mapping[Standing, str]
    standing: Mapping[Standing, str]
    tint: Mapping[Standing, str]


LIGHT = Theme(
    "light", "#FFFFFF", "#F3F5F7", "#D5DBE0", "#E4E8EB", "#1A2329", "#46525C", "#5F6B75", "#17557F", "#7C8791",
    MappingProxyType({Standing.MET: "#FFFFFF", Standing.MISSED: "#FFFFFF"}),
    MappingProxyType({
        Standing.MET: "#00695C", Standing.ON_TRACK: "#00695C", Standing.BEHIND: "#8A6100",
        Standing.MISSED: "#9B2410", Standing.MOVING_AWAY: "#6A3D9A", Standing.NOT_JUDGED: "#6B7177",
    }),
    MappingProxyType({
        Standing.MET: "#D6ECE8", Standing.ON_TRACK: "#D6ECE8", Standing.BEHIND: "#F9E9C8",
        Standing.MISSED: "#F6DDD7", Standing.MOVING_AWAY: "#EAE1F4", Standing.NOT_JUDGED: "#FFFFFF",
    }),
)  # fmt: skip
DARK = Theme(
    "dark", "#11171C", "#1A2229", "#323D47", "#273038", "#E6EBEF", "#B6C0C8", "#94A0AA", "#8CC1E6", "#76828C",
    MappingProxyType({Standing.MET: "#0B1A18", Standing.MISSED: "#1F0B05"}),
    MappingProxyType({
        Standing.MET: "#63D4D0", Standing.ON_TRACK: "#63D4D0", Standing.BEHIND: "#E8B95C",
        Standing.MISSED: "#E8785A", Standing.MOVING_AWAY: "#C79AF0", Standing.NOT_JUDGED: "#8A949C",
    }),
    MappingProxyType({
        Standing.MET: "#173F3F", Standing.ON_TRACK: "#173F3F", Standing.BEHIND: "#43330F",
        Standing.MISSED: "#43200F", Standing.MOVING_AWAY: "#3A2B52", Standing.NOT_JUDGED: "#11171C",
    }),
)  # fmt: skip
# Without colour: for a printer that has none. Shapes and dashes tell observed from promised.
PRINT = replace(
    LIGHT, name="print", rule="#8A8A8A", grid="#DADADA", ink="#000000", ink2="#2B2B2B", ink3="#4D4D4D",
    accent="#000000", old="#8A8A8A",
)  # fmt: skip
THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK, "print": PRINT})

Line = tuple[tuple[float, float], ...]
# what is written on the 16-pixel icon, as lines from point to point; arrows mean towards or away from the target
GLYPHS: Mapping[Standing, tuple[Line, ...]] = MappingProxyType({
    Standing.MET: (((4, 8.4), (6.7, 11.1), (12, 5.4)),),
    Standing.ON_TRACK: (((4, 4.6), (7.4, 8), (4, 11.4)), ((8.4, 4.6), (11.8, 8), (8.4, 11.4))),
    Standing.BEHIND: (((6.2, 4.4), (9.8, 8), (6.2, 11.6)),),
    Standing.MISSED: (((4.8, 4.8), (11.2, 11.2)), ((11.2, 4.8), (4.8, 11.2))),
    Standing.MOVING_AWAY: (((12, 4.6), (8.6, 8), (12, 11.4)), ((7.6, 4.6), (4.2, 8), (7.6, 11.4))),
    Standing.NOT_JUDGED: (((5, 8), (11, 8)),),
})  # fmt: skip


def _path(standing: Standing) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in line) for line in GLYPHS[standing])


def icon(standing: Standing, theme: Theme, final: bool = False) -> str:
    """The standing's icon as SVG: solid if the due figure is out, tinted while it runs, dashed if not judged."""
    colour = theme.standing[standing]
    solid = final and standing in theme.glyph
    ground = colour if solid else theme.tint[standing]
    glyph = theme.glyph[standing] if solid else colour
    dash = ' stroke-dasharray="2.2 1.8"' if standing is Standing.NOT_JUDGED else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">'
        f'<rect x=".6" y=".6" width="14.8" height="14.8" rx="2.5" fill="{ground}" stroke="{colour}"'
        f' stroke-width="1.2"{dash}/>'
        f'<path d="{_path(standing)}" fill="none" stroke="{glyph}" stroke-width="1.8"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


@lru_cache(maxsize=8192)
def data_address(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg, safe="")
