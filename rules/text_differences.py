"""Two versions of a text beside each other: which lines stand in only one of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ComparedLine:
    text: str
    is_different: bool


def compared_lines(text: str, other: str) -> list[ComparedLine]:
    """The lines of `text`; different are those that the other has nowhere. Moved lines are the same lines.

    One look-up a line, so that texts of any length may be compared.
    """
    known = {line.strip() for line in other.splitlines()}
    return [ComparedLine(line, line.strip() not in known) for line in text.splitlines()]
