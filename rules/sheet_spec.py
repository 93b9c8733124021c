"""What a sheet looks like that people fill in and send: its columns, as plain data.

The same description makes the blank sheet (documents.sheet_template) and checks the one that comes back.
"""

from dataclasses import dataclass
from enum import StrEnum

YES, NO = "是", "否"


class ColumnKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class ColumnSpec:
    """One column. `heading` is written exactly so in the first row, without the star that marks a required one.

    `choices` are the words allowed in a CHOICE column; a BOOLEAN takes 是 and 否. `example` is a value as typed.
    """

    heading: str
    required: bool = False
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[str, ...] = ()
    explanation: str = ""
    example: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """The words to choose from; empty when anything of the kind may be written."""
        return (YES, NO) if self.kind is ColumnKind.BOOLEAN else self.choices


@dataclass(frozen=True)
class SheetSpec:
    """`kind` is the name in `imports run KIND`, `title` the Chinese name of the sheet (up to 31 characters)."""

    kind: str
    title: str
    columns: tuple[ColumnSpec, ...]
    explanation: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    @property
    def required_headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns if column.required)
