"""A unit with its power of ten, as a column of exact values needs it: 10,000 vehicles, 万辆."""

from tracking.model import Unit, UnitKind

PER_CENT = "%"
_ZH_POWERS = {1.0: "", 1e3: "千", 1e4: "万", 1e6: "百万", 1e7: "千万", 1e8: "亿", 1e12: "万亿"}


def unit_name(unit_id: str, unit: Unit, language: str) -> str | None:
    """The unit in words; None where the language has none for it, as for a ratio in Chinese.

    A catalogue's units are named in English, power of ten included.
    """
    if language != "zh":
        return unit_id
    return _ZH_POWERS.get(unit.factor, f"{unit.factor:,.15g}×") + unit.zh or None


def in_per_cent(unit: Unit) -> bool:
    return unit.kind in (UnitKind.SHARE, UnitKind.GROWTH, UnitKind.FALL)
