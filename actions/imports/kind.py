"""What every kind of sheet gives to the one mechanism that imports it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlalchemy.orm import Session

from rules.roles import Actor, Permission
from rules.sheet_spec import SheetSpec
from rules.sheets.findings import Findings, RowCells


class Content(Protocol):
    """A sheet as read: `rows[i]` is the sheet's row `first_row_number + i`."""

    @property
    def sheet_name(self) -> str: ...
    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...
    @property
    def first_row_number(self) -> int: ...


@dataclass(frozen=True)
class Importer:
    """Who imports, and the subtree in which rows may be made; an empty path is the whole tree."""

    actor: Actor
    scope_path: str
    today: date

    def may_write(self, path: str) -> bool:
        return bool(path) and path.startswith(self.scope_path)


class Checker(Protocol):
    """Made for one file, with its lookups loaded once."""

    def read(self, cells: RowCells) -> Any:
        """A frozen row, or None when a cell was refused."""

    def new_rows(self, rows: list[Any], findings: Findings) -> list[Any]:
        """The rows that are to be written: those not known already. Refuses what contradicts what is known."""

    def shown(self, row: Any) -> list[str]:
        """The row as it would be stored, for the preview: cells in the order of the columns, names masked."""


class SheetKind(Protocol):
    """`staged` kinds are written void in lots and published at once; the others in one transaction."""

    spec: SheetSpec
    permission: Permission
    staged: bool

    def checker(self, session: Session, importer: Importer) -> Checker: ...


@dataclass(frozen=True)
class CheckedSheet:
    """`new` is only to be written when `findings.count` is 0."""

    kind: str
    rows: int
    known: int
    new: list[Any]
    findings: Findings
    preview: list[list[str]] = field(default_factory=list)
    updates: list[Any] = field(default_factory=list)
    """What rows add to records that are here already; only kinds whose checker has `updates` bring any."""
    update_preview: list[list[str]] = field(default_factory=list)
    """Row of the sheet, number of the record, what is added: of the first of them."""

    @property
    def refused(self) -> bool:
        return self.findings.count > 0
