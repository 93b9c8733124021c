"""联席会议 from a sheet: one row one meeting that was held; nothing of it waits to be made final."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_registers import MeetingRow, add_meetings
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from models.base import new_uid
from models.meeting import Meeting
from models.organisation import Unit
from queries.imports import all_units, known_digests
from rules.meeting_rules import HeadValues, check_head, may_hold
from rules.meeting_words import MeetingKind, MeetingLevel, MeetingState
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import meetings as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on
from rules.taxonomy import UnitCategory


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    unit: str


class MeetingChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)

    def read(self, cells: RowCells) -> ReadMeeting | None:
        unit = cells.read(v.UNIT, self._units)
        level = cells.read(v.LEVEL, c.word(MeetingLevel))
        values: dict[str, Any] = {
            "held_on": cells.read(v.DATE, c.day),
            "chair": cells.read_or(v.CHAIR, c.text(80), ""),
            "topics": cells.read_or(v.TOPICS, c.text(v.LONGEST_TOPICS), ""),
            "told_decisions": cells.read_or(v.DECISIONS, c.whole_number, None),
        }
        if unit is not None:
            self._may_write(cells, unit, level, values["held_on"])
        if not cells.wrong and level is not None:
            self._ask_rules(cells, level, values)
        if cells.wrong or unit is None or level is None:
            return None
        values |= {"unit_id": unit.id, "level": level.value}
        return ReadMeeting(cells.number, unit.id, values, digest_of("meetings", values), unit.label)

    def new_rows(self, rows: list[ReadMeeting], findings: Findings) -> list[ReadMeeting]:
        return not_known(rows, known_digests(self._session, Meeting, {row.unit_id for row in rows}))

    def shown(self, row: ReadMeeting) -> list[str]:
        values = row.values
        told = values["told_decisions"]
        written = {v.DATE: values["held_on"], v.LEVEL: MeetingLevel(values["level"]).label, v.UNIT: row.unit,
                   v.CHAIR: values["chair"], v.TOPICS: values["topics"], v.DECISIONS: "" if told is None else told}  # fmt: skip
        return [str(written[h]) for h in v.SPEC.headings]

    def _may_write(self, cells: RowCells, unit: UnitWord, level: MeetingLevel | None, day: Any) -> None:
        if not unit.path:
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能登记会议。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围。")
        elif level is not None and not may_hold(UnitCategory(unit.category), level):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）不召开{level.label}级会议，请核对层级和单位。")
        elif day is not None and not open_on(unit, day):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")

    def _ask_rules(self, cells: RowCells, level: MeetingLevel, values: dict[str, Any]) -> None:
        asked = HeadValues(level, MeetingKind.JOINT, MeetingState.HELD, values["held_on"])
        for refusal in check_head(asked, self._importer.today):
            cells.refuse(v.DATE, refusal.message)


class MeetingSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = Meeting

    def checker(self, session: Session, importer: Importer) -> MeetingChecker:
        return MeetingChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadMeeting],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        said = {"kind": MeetingKind.JOINT.value, "state": MeetingState.MINUTED.value}
        bulk = [
            MeetingRow({**row.values, **shared, **said, "uid": new_uid(), "content_digest": row.digest})
            for row in rows
        ]
        add_meetings(session, actor=actor, now=now, units=units, rows=bulk, reason=reason)
