"""值班信息、工作指令 from a sheet: each row becomes a line in the log of the importer's desk."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_desk import add_desk_entries
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from models.base import new_uid
from models.duty_desk import DeskEntry
from models.organisation import Unit
from queries.imports import all_units, desk_of, known_digests
from rules.desk_rules import LONGEST_TEXT
from rules.duty_messages import MessageKind, MessageValues, check_message, is_finished
from rules.office_time import OFFICE_OFFSET
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import duty_messages as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on

HEADINGS = {"happened_at": v.TIME, "content": v.CONTENT, "due_at": v.DUE, "replied_at": v.REPLIED}
"""Field of `rules.duty_messages` → heading."""
DAY_BEGINS, DAY_ENDS = time(), time(23, 59, 59)
MOMENTS = ("happened_at", "due_at", "replied_at")


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """`values` are columns of DeskEntry, moments in UTC; `words` are the units' labels for the preview."""

    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    words: dict[str, str]


class MessageChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)
        self._desk_id = desk_of(session, importer.actor)

    def read(self, cells: RowCells) -> ReadMessage | None:
        kind = cells.read(v.KIND, c.word(MessageKind))
        source = cells.read(v.SOURCE, self._units)
        responsible = cells.read(v.UNIT, self._units)
        said = _read_moments(cells)
        content = cells.read_or(v.CONTENT, c.text(LONGEST_TEXT), "")
        if responsible is not None:
            self._may_answer(cells, responsible, said["happened_at"])
        if not cells.wrong:
            self._ask_rules(cells, content, said)
        if cells.wrong or kind is None or source is None:
            return None
        return self._row(cells.number, kind, source, responsible, content, said)

    def new_rows(self, rows: list[ReadMessage], findings: Findings) -> list[ReadMessage]:  # noqa: ARG002
        return not_known(rows, known_digests(self._session, DeskEntry, {self._desk_id}))

    def shown(self, row: ReadMessage) -> list[str]:
        moments = {HEADINGS[name]: _shown(row.values[name]) for name in MOMENTS}
        written = {v.KIND: MessageKind(row.values["kind"]).label, v.CONTENT: row.values["content"]}
        return [str((moments | written | row.words)[h]) for h in v.SPEC.headings]

    def _row(
        self, number: int, kind: MessageKind, source: UnitWord, responsible: UnitWord | None, content: str,
        said: dict[str, datetime | None],
    ) -> ReadMessage:  # fmt: skip
        values: dict[str, Any] = {
            "unit_id": self._desk_id,
            "kind": kind.value,
            "source_unit_id": source.id,
            "content": content,
            "responsible_unit_id": responsible.id if responsible else None,
            **{name: moment - OFFICE_OFFSET if moment else None for name, moment in said.items()},
        }
        words = {v.SOURCE: source.label, v.UNIT: responsible.label if responsible else ""}
        return ReadMessage(number, self._desk_id, values, digest_of("duty-messages", values), words)

    def _may_answer(self, cells: RowCells, unit: UnitWord, happened_at: datetime | None) -> None:
        if not unit.path:
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能承办。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围。")
        elif happened_at is not None and not open_on(unit, happened_at.date()):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")

    def _ask_rules(self, cells: RowCells, content: str, said: dict[str, datetime | None]) -> None:
        happened_at = said["happened_at"]
        if happened_at is None:
            return
        values = MessageValues(happened_at, content, said["due_at"], said["replied_at"])
        for refusal in check_message(values, datetime.combine(self._importer.today, DAY_ENDS)):
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)


def _read_moments(cells: RowCells) -> dict[str, datetime | None]:
    """By the office's clock. A day alone: of the message its beginning, of the term its end; an answer given on the
    message's own day came after it."""
    happened, due, replied = (cells.read(HEADINGS[name], c.moment) for name in MOMENTS)
    came = happened.at(DAY_BEGINS) if happened else None
    answered = replied.at(DAY_BEGINS) if replied else None
    if came and answered and replied and replied.hour is None and replied.day == came.date():
        answered = came
    return {"happened_at": came, "due_at": due.at(DAY_ENDS) if due else None, "replied_at": answered}


def _shown(moment: datetime | None) -> str:
    return f"{moment + OFFICE_OFFSET:%Y-%m-%d %H:%M}" if moment else ""


class MessageSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = DeskEntry

    def checker(self, session: Session, importer: Importer) -> MessageChecker:
        return MessageChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadMessage],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        bulk = [
            {**row.values, **shared, "uid": new_uid(), "content_digest": row.digest, "done_at": _done_at(row)}
            for row in rows
        ]
        add_desk_entries(session, actor=actor, now=now, units=units, rows=bulk, reason=reason)


def _done_at(row: ReadMessage) -> datetime | None:
    """What was answered, or asks for no answer, is no open matter of the desk."""
    values = row.values
    if not is_finished(values["kind"], values["due_at"], values["replied_at"]):
        return None
    done: datetime = values["replied_at"] or values["happened_at"]
    return done
