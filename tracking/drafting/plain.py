"""A document's text as it is compared: simplified, of one width, without what careless conversion left; each character
keeps its place in the original, so that what is quoted is quoted unchanged."""

import re
from dataclasses import dataclass

from tracking.search import folded_letter

HAN = r"\u3400-\u9fff\uf900-\ufaff"
# a note of pronunciation after a character, with the mark of its tone, as conversion leaves it: 工業(yè)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹế"
_NOTE = re.compile(rf"(?<=[{HAN})）])[(（][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,5}}[)）]")
_NEUTRAL = re.compile(
    rf"(?<=[{HAN}])[(（](?:de|le|zi|men|ma|ge|zhe|ne|ba|tou|shang|xia|li)[)）]"
)  # only among toned ones
_GAP = re.compile(rf"(?<=[{HAN}，、；：。”》）])[ \t\u3000]*\n?[ \t\u3000]*(?=[{HAN}“《（])")
LONGER = 1.2  # times as long as the one before, and it is a paragraph after its heading
# Chinese has no spaces: those around figures and Latin words are layout
SPACED = re.compile(
    rf"(?<=[{HAN}，、；：。”》）])[ \u3000]+(?=[\w%（“《])|(?<=[\w%])[ \u3000]+(?=[{HAN}，、；：。”》）])"
)
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年)")
_ENDS = "。！？；：.!?:;"
SHORTEST_WRAPPED = 15  # a line of fewer characters ended where its writer ended it


@dataclass(frozen=True, slots=True)
class Plain:
    """`origin[i]` is the place in the original of the i-th character, and `origin[len(text)]` its end."""

    text: str
    origin: tuple[int, ...]
    notes: int  # notes of pronunciation that were left out

    def original(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of this came from, with the notes inside it."""
        return self.origin[first], self.origin[last - 1] + 1 if last > first else self.origin[first]


def plainly(text: str) -> Plain:
    """Pure. Letters are those that search compares."""
    notes = list(_NOTE.finditer(text))
    notes += list(_NEUTRAL.finditer(text)) if notes else []
    left_out = {k for found in notes for k in range(*found.span())}
    left_out |= {k for found in _GAP.finditer(text) if _is_layout(text, found) for k in range(*found.span())}
    left_out |= {k for found in SPACED.finditer(text) for k in range(*found.span())}
    letters: list[str] = []
    origin: list[int] = []
    for k, letter in enumerate(text):
        if k not in left_out:
            plain = folded_letter(letter)
            letters.append(plain)
            origin += [k] * len(plain)
    plain = _YEAR.sub(lambda year: year[0].translate(_FIGURES), "".join(letters))
    return Plain(plain, (*origin, len(text)), len(notes))


def _is_layout(text: str, gap: re.Match[str]) -> bool:
    """Whether a gap between Chinese characters only ends a line on paper: there the next is hardly longer."""
    if "\n" not in gap[0]:
        return bool(gap[0])
    line = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()].strip()
    end = text.find("\n", gap.end())
    following = len(text) - gap.end() if end < 0 else end - gap.end()
    return len(line) >= SHORTEST_WRAPPED and line[-1] not in _ENDS and following <= LONGER * len(line)
