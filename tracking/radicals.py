"""Characters of Chinese that a PDF names by the radicals which look like them: ⻋ for 车."""

import unicodedata

# the radicals that are characters of today's Chinese, and those characters (Unicode: EquivalentUnifiedIdeograph.txt)
_RADICALS = dict(zip(
    "⺟⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "母民西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
    strict=True,
))  # fmt: skip


def without_radicals(text: str) -> str:
    """The characters that a writer types. As long as the text; pure."""
    return "".join(_RADICALS.get(c, c) if c < "\u2f00" else _kangxi(c) for c in text)


def _kangxi(c: str) -> str:
    return unicodedata.normalize("NFKC", c) if c <= "\u2fd5" else c
