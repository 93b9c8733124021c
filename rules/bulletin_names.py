"""Whether the names in a bulletin's tokens exist, with the nearest ones offered."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.bulletin_text import FigureToken, ParsedText, TableToken, TextProblem, Token, WordToken, near_names


@dataclass(frozen=True)
class Vocabulary:
    """Every name that a bulletin may use. `units` are those whose figures its author may quote."""

    figures: tuple[str, ...]
    units: tuple[str, ...]
    tables: tuple[str, ...]
    charts: tuple[str, ...]


def name_problems(parsed: ParsedText, known: Vocabulary) -> list[TextProblem]:
    """Every unknown name, in the order of the text."""
    return [TextProblem(line, m) for line, token in parsed.tokens for m in _messages(token, known)]


def _messages(token: Token, known: Vocabulary) -> Iterator[str]:
    if isinstance(token, FigureToken):
        if token.unit and token.unit not in known.units:
            near = near_names(token.unit, known.units)
            yield f"{token}：“{token.unit}”不是本单位，也不是直属下级单位。{near}"
        if token.name not in known.figures:
            yield f"{token}：没有“{token.name}”这项指标。{_figure_hint(token.name, known)}"
    elif not isinstance(token, WordToken):
        word, names = ("表", known.tables) if isinstance(token, TableToken) else ("图", known.charts)
        if token.name not in names:
            yield f"{token}：没有名为“{token.name}”的{word}。{near_names(token.name, names)}"


def _figure_hint(name: str, known: Vocabulary) -> str:
    for word, names in (("表", known.tables), ("图", known.charts)):
        if name in names:
            return f"要插入{word}请写〔{word}：{name}〕。"
    return near_names(name, known.figures)
