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


def pair(label: str, text: str, other_label: str, other: str, lines: int = 1) -> FormRow:
    """Two labelled cells, equally wide."""
    cells = (
        FormCell(label, 2, is_label=True),
        FormCell(text, 4),
        FormCell(other_label, 2, is_label=True),
        FormCell(other, 4),
    )
    return FormRow(cells, lines)


def whole(label: str, text: str, lines: int = 1, foot: str = "") -> FormRow:
    """One labelled cell over the whole width."""
    return FormRow((FormCell(label, 2, is_label=True), FormCell(text, 10, foot=foot)), lines)
