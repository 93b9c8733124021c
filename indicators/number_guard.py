"""Numbers typed by hand that equal no figure of their bulletin: for the author's eye, not an error."""

from dataclasses import dataclass

from indicators.written_text import WrittenLine, WrittenTable, WrittenText
from rules.typed_numbers import TypedNumber, all_numbers, typed_numbers


@dataclass(frozen=True)
class UnmatchedNumber:
    """`line` is the number of the source line; the places of `number` are those of the written line's text."""

    line: int
    number: TypedNumber


def unmatched_numbers(written: WrittenText) -> tuple[UnmatchedNumber, ...]:
    known = _known_numbers(written)
    return tuple(
        UnmatchedNumber(line.number, number)
        for line in written.lines
        if isinstance(line, WrittenLine)
        for number in _typed(line)
        if number.plain not in known
    )


def _typed(line: WrittenLine) -> list[TypedNumber]:
    """Looked for in the whole line, because what stands around a number says what it is; those put in are left out."""
    spans, end = [], 0
    for passage in line.passages:
        start, end = end, end + len(passage.text)
        spans += [(start, end)] if passage.is_figure else []
    return [n for n in typed_numbers(line.text) if all(n.end <= s or n.start >= e for s, e in spans)]


def _known_numbers(written: WrittenText) -> set[str]:
    texts = [passage.text for passage in written.figures]
    texts += [
        cell.text
        for line in written.lines
        if isinstance(line, WrittenTable)
        for row in line.rows
        for cell in row[1:]
    ]
    return {number for text in texts for number in all_numbers(text)}
