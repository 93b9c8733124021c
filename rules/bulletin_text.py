"""The source of a bulletin: plain lines with tokens in 〔〕 where figures, words, tables and charts are put in.

    〔接待来访批次〕          a figure of the bulletin's own unit and period
    〔接待来访批次：同比〕    its change in words, its earlier value: see `Aspect`
    〔柳溪镇·接待来访批次〕   of one unit directly below
    〔期间〕〔单位〕          words of the bulletin itself: see `Word`
    〔表：内容分类〕          a table, alone on its line; 〔图：…〕 a chart

Colons may be full or half width, and blanks inside 〔〕 are forgiven. Four digits alone are the year of a document
number (云信〔2026〕3号) and stay what they are. Whether a name exists is asked by `rules.bulletin_names`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from rules.errors import RuleViolation
from rules.taxonomy import Labelled

TOKEN = re.compile(r"〔([^〔〕]*)〕")
_YEAR = re.compile(r"\s*\d{4}\s*")
_DOT = re.compile("[·・•‧]")
_LONGEST_QUOTE = 40


class Aspect(Labelled):
    """What of a figure is put in. A change is said in words: 上升52.4%, 下降24.6%, 持平, 无可比基数."""

    VALUE = "value", "数值"
    YOY = "yoy", "同比"
    MOM = "mom", "环比"
    PREVIOUS = "previous", "上期"
    YEAR_BEFORE = "year_before", "上年同期"

    @property
    def is_change(self) -> bool:
        return self in (Aspect.YOY, Aspect.MOM)


class Word(Labelled):
    """What a bulletin knows of itself; the last two name the periods that figures are set beside."""

    PERIOD = "period", "期间"
    UNIT = "unit", "单位"
    CUT_OFF = "cut_off", "截止日期"
    YEAR_BEFORE = "year_before", "上年同期"
    PREVIOUS = "previous", "上期"


@dataclass(frozen=True)
class FigureToken:
    """`unit` is the short name of a unit below; "" is the bulletin's own."""

    name: str
    aspect: Aspect = Aspect.VALUE
    unit: str = ""

    def __str__(self) -> str:
        unit = f"{self.unit}·" if self.unit else ""
        aspect = "" if self.aspect is Aspect.VALUE else f"：{self.aspect.label}"
        return f"〔{unit}{self.name}{aspect}〕"


@dataclass(frozen=True)
class WordToken:
    word: Word

    def __str__(self) -> str:
        return f"〔{self.word.label}〕"


@dataclass(frozen=True)
class TableToken:
    name: str

    def __str__(self) -> str:
        return f"〔表：{self.name}〕"


@dataclass(frozen=True)
class ChartToken:
    name: str

    def __str__(self) -> str:
        return f"〔图：{self.name}〕"


Token = FigureToken | WordToken | TableToken | ChartToken
Part = str | Token


@dataclass(frozen=True)
class SourceLine:
    """Literal texts and tokens in order; a blank line has none. `number` counts from 1, as the author sees it."""

    number: int
    parts: tuple[Part, ...]

    @property
    def block(self) -> TableToken | ChartToken | None:
        """The table or chart that the line is, if it is one."""
        first = self.parts[0] if len(self.parts) == 1 else None
        return first if isinstance(first, TableToken | ChartToken) else None

    def __str__(self) -> str:
        return "".join(map(str, self.parts))


@dataclass(frozen=True)
class TextProblem:
    """What is wrong with a line, in plain Chinese."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.message}"


@dataclass(frozen=True)
class ParsedText:
    """A token that cannot be read stays in its line as literal text, so that the rest can still be shown."""

    lines: tuple[SourceLine, ...]
    problems: tuple[TextProblem, ...]

    @property
    def tokens(self) -> list[tuple[int, Token]]:
        """Every token with the number of its line."""
        return [(line.number, p) for line in self.lines for p in line.parts if not isinstance(p, str)]

    def __str__(self) -> str:
        """The source again, in its canonical form; it parses back to the same."""
        return "\n".join(map(str, self.lines))


def parse(text: str) -> ParsedText:
    """All lines and all problems; never raises."""
    read = [_line(number, line.strip()) for number, line in enumerate(text.rstrip().splitlines(), start=1)]
    return ParsedText(tuple(line for line, _ in read), tuple(p for _, found in read for p in found))


def near_names(name: str, known: list[str] | tuple[str, ...]) -> str:
    """是不是“甲”、“乙”？ for names that look alike; empty without any."""
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"是不是{'、'.join(f'“{n}”' for n in near)}？" if near else ""


def _line(number: int, line: str) -> tuple[SourceLine, list[TextProblem]]:
    messages: list[str] = []
    parts = _merged(_parts(line, messages))
    if len(parts) > 1 and any(isinstance(p, TableToken | ChartToken) for p in parts):
        messages.append("表和图要单独占一行，同一行里不要写别的。")
        parts = _merged(str(p) if isinstance(p, TableToken | ChartToken) else p for p in parts)
    messages += _said_twice(parts)
    return SourceLine(number, tuple(parts)), [TextProblem(number, m) for m in messages]


def _parts(line: str, messages: list[str]) -> Iterator[Part]:
    end = 0
    for found in TOKEN.finditer(line):
        yield _literal(line[end : found.start()], messages)
        yield _token_or_literal(found, messages)
        end = found.end()
    yield _literal(line[end:], messages)


def _literal(text: str, messages: list[str]) -> str:
    if "〔" in text:
        messages.append(f"“{_quoted(text[text.index('〔') :])}”里的〔没有对应的〕。")
    if "〕" in text:
        messages.append(f"“{_quoted(text[: text.index('〕') + 1])}”里的〕前面没有对应的〔。")
    return text


def _token_or_literal(found: re.Match[str], messages: list[str]) -> Part:
    if _YEAR.fullmatch(found[1]):
        return found[0]
    try:
        return _token(re.sub(r"\s", "", found[1]).replace("：", ":"))
    except RuleViolation as violation:
        messages.append(violation.message)
        return found[0]


def _token(inside: str) -> Token:
    """Raises RuleViolation."""
    subject, colon, rest = inside.partition(":")
    if not inside:
        raise RuleViolation("〔〕里面是空的，请写指标名称。")
    if colon and subject in ("表", "图"):
        return _block(subject, rest)
    if subject in Word.labels():
        if colon:
            raise RuleViolation(f"〔{subject}〕后面不能再写“：{_quoted(rest)}”。")
        return WordToken(Word.from_label(subject))
    return _figure(subject, _aspect(rest) if colon else Aspect.VALUE)


def _block(kind: str, name: str) -> TableToken | ChartToken:
    if not name:
        raise RuleViolation(f"〔{kind}：〕后面没有写{kind}的名称。")
    return TableToken(name) if kind == "表" else ChartToken(name)


def _aspect(label: str) -> Aspect:
    if label not in Aspect.labels():
        near = near_names(label, Aspect.labels())
        raise RuleViolation(f"看不懂“：{_quoted(label)}”。{near}冒号后面可写{'、'.join(Aspect.labels())}。")
    return Aspect.from_label(label)


def _figure(subject: str, aspect: Aspect) -> FigureToken:
    first, *rest = _DOT.split(subject, maxsplit=1)
    unit, name = (first, rest[0]) if rest else ("", first)
    if not name or (rest and not unit):
        raise RuleViolation(f"“{_quoted(subject)}”没有写全，应写成〔指标名称〕或〔单位简称·指标名称〕。")
    return FigureToken(name, aspect, unit)


_DIRECTION = re.compile(r"(?:上升|下降|增长|减少|增加|降低|提高|持平|回落)了?\s*$|[+＋\-－−]\s*$")
_MEASURE = re.compile(r"\s*(?:[%％]|个?百分点)")


def _said_twice(parts: list[Part]) -> Iterator[str]:
    """上升上升52.4%%: a change brings its direction and its measure along."""
    for before, part, after in zip(["", *parts], parts, [*parts[1:], ""], strict=False):
        if not isinstance(part, FigureToken) or not part.aspect.is_change:
            continue
        if isinstance(before, str) and (found := _DIRECTION.search(before)):
            yield f"{part}会自己写出上升、下降或持平，前面的“{found[0].strip()}”请去掉。"
        if isinstance(after, str) and (found := _MEASURE.match(after)):
            yield f"{part}会自己带上百分号或百分点，后面的“{found[0].strip()}”请去掉。"


def _merged(parts: Iterator[Part] | list[Part]) -> list[Part]:
    """Neighbouring literals as one; empty ones left out."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part:
            found.append(part)
    return found


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
