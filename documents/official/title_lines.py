"""Lines of a title (7.3.1): whole words, and the shape of a 梯形 or 菱形, never that of an hourglass.

Words come from rjieba; every way of breaking between them is weighed, and the lightest is taken. Weights are points
without a unit: only their order matters.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

Line = tuple[str, ...]
"""Its words."""

MOST_LINES = 5

_TOGETHER = re.compile(
    r"〔[0-9]{4}〕[0-9]+号"
    r"|[0-9]+年(?:[0-9]+月(?:[0-9]+日)?|度|[上下]半年|第?[一二三四]季度)?"
    r"|[0-9]+月(?:[0-9]+日)?"
    r"|[0-9][0-9.,]*(?:万元|亿元|%|‰|[万亿]?[㐀-鿿])?"
    r"|第[一二三四五六七八九十百0-9]+(?:季度|[㐀-鿿])"
    r"|[A-Za-z]+"
)
"""Numbers with their units, which no line may part."""

_NOT_FIRST = frozenset("，。、；：？！）》〉】〕”’％%…—·的之等")
_NOT_LAST = frozenset("（《〈【〔“‘")
_BETTER_NOT_LAST = re.compile(
    r"(?:关于|对于|对|在|向|为|将|把|被|由|从|以|做好|开展|加强|印发|转发|和|与|及|以及|暨|并|第)$"
)
_BETTER_NOT_FIRST = re.compile(r"^(?:和|与|及|以及|暨|并|、)")
_SUFFIXES = frozenset("省市县区镇乡村局委办厅部院会函令所站")
"""They belong to what stands before them: 云江|县."""

_NAME_END = re.compile(r"[^各全本我某该][村镇乡]")
"""What may be left of a name: 柳树|沟村."""

_ORGAN_END = re.compile(r"[局委办厅部院会府室]$")

_FORBIDDEN = 1000.0
_WITHIN_BRACKETS = 60.0
_SINGLE = 8.0
_SUFFIX = 30.0
_AWKWARD = 25.0
_GOOD = -3.0
_BETWEEN_ORGANS = -25.0
_ANOTHER_LINE = 9.0
_HOURGLASS = 30.0


def title_lines(title: str, most: int) -> tuple[str, ...]:
    """At most `most` characters a line, digits and letters counting half; a title that fits stays on one line."""
    if _width(title) <= most:
        return (title,)
    words = _words(title)
    for count in range(2, MOST_LINES + 1):
        ways = [way for lines in (count, count + 1) for way in _ways(words, lines, most)]
        if ways:
            return tuple(_text(line).strip() for line in min(ways, key=_weight))
    return _cut(title, most)


def _words(title: str) -> Line:
    """Numbers with their units, and between them what rjieba calls words."""
    import rjieba  # its dictionary takes a third of a second to load

    words: list[str] = []
    end = 0
    for found in _TOGETHER.finditer(title):
        words += rjieba.cut(title[end : found.start()])
        words.append(found.group())
        end = found.end()
    return tuple(_repaired([*words, *rjieba.cut(title[end:])]))


def _repaired(words: list[str]) -> Iterator[str]:
    """镇上|河村 is 镇|上河村: the suffix of a name is no beginning of a word."""
    for before, word in pairwise(["", *words]):
        if before and len(word) == 2 and word[0] in "镇乡村县" and word[1] not in _SUFFIXES:
            yield from word
        else:
            yield word


def _ways(words: Line, lines: int, most: int) -> Iterator[tuple[Line, ...]]:
    """Every way of setting the words in so many lines of at least a third of the average."""
    yield from _ways_from(words, lines, most, _width(_text(words)) / lines / 3)


def _ways_from(words: Line, lines: int, most: int, least: float) -> Iterator[tuple[Line, ...]]:
    if lines == 1:
        if least <= _width(_text(words)) <= most:
            yield (words,)
        return
    for end in range(1, len(words)):
        width = _width(_text(words[:end]).rstrip())
        if width > most:
            return
        if width < least or _break_weight(words[:end], words[end]) >= _FORBIDDEN:
            continue
        for rest in _ways_from(words[end:], lines - 1, most, least):
            yield (words[:end], *rest)


def _break_weight(before: Line, after: str) -> float:
    """What a line's end costs between these words."""
    last = before[-1]
    if after[0] in _NOT_FIRST or last[-1] in _NOT_LAST or after.isspace():
        return _FORBIDDEN
    if last.isspace():
        return _BETWEEN_ORGANS
    weight = 0.0
    if after in _SUFFIXES or _NAME_END.fullmatch(after):
        weight += _SUFFIX
    if len(last) == 1 and last not in "的、》）":
        weight += _SINGLE
    if after == "关于" and _ORGAN_END.search(last):
        weight += _GOOD
    return weight


def _weight(lines: tuple[Line, ...]) -> float:
    """Of the whole title: its breaks, its number of lines, its shape."""
    joints = 0.0
    opened = 0
    for words, following in pairwise(lines):
        line = _text(words)
        opened += line.count("《") - line.count("》")
        joints += _WITHIN_BRACKETS * (opened > 0)
        joints += _AWKWARD * bool(_BETTER_NOT_LAST.search(line.rstrip()))
        joints += _AWKWARD * bool(_BETTER_NOT_FIRST.search(_text(following)))
        joints += _break_weight(words, following[0])
    widths = [_width(_text(line).strip()) for line in lines]
    return joints + _ANOTHER_LINE * len(lines) + _shape_weight(widths)


def _shape_weight(widths: list[float]) -> float:
    """Light for a trapezium or a rhombus, heavy for an hourglass; a rectangle and a ragged shape lie between."""
    average = sum(widths) / len(widths)
    weight = sum(max(0.0, abs(width - average) - 4) for width in widths)
    if max(widths) - min(widths) < 1:
        weight += 4
    for left, middle, right in zip(widths, widths[1:], widths[2:], strict=False):
        weight += _HOURGLASS * (middle < left and middle < right)
    return weight


def _text(words: Line) -> str:
    return "".join(words)


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _cut(title: str, most: int) -> tuple[str, ...]:
    """A title that no rule can break: full lines."""
    return tuple(title[start : start + most] for start in range(0, len(title), most))
