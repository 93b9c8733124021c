"""Rows of a form to be filled in and signed: labelled cells on twelve columns."""

from dataclasses import dataclass

COLUMNS = 12


@dataclass(frozen=True)
class FormCell:
    """`span` columns wide. `foot` stands at the lower right: where one signs, and the date."""

    text: str
    span: int
    is_label: bool = False
    foot: str = ""


@dataclass(frozen=True)
class FormRow:
    """At least `lines` lines high; the spans add up to twelve."""

    cells: tuple[FormCell, ...]
    lines: int = 1
