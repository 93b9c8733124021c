"""村级接访 from a sheet: one row a village for each day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_registers import SessionRow, add_sessions
from actions.imports.digests import digest_of
from actions.imports.kind import Importer
from models.base import new_uid
from models.organisation import Unit
from models.village_session import VillageSession
from queries.imports import all_units, known_sessions
from rules.roles import Actor, Permission
from rules.session_rules import SessionValues, check_session
from rules.sheets import cells as c
from rules.sheets import village_sessions as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on
from rules.taxonomy import VILLAGE_LEVEL, SessionMode

HEADINGS = {"session_date": v.DATE, "mode": v.MODE, **v.COUNTS}
"""Field of `rules.session_rules` → heading."""

SAID = ("session_date", "unit_id", "mode", "attendees", "notes", *v.COUNTS)


@dataclass(frozen=True, slots=True)
class ReadSession:
    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    village: str


class SessionChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)

    def read(self, cells: RowCells) -> ReadSession | None:
        day = cells.read(v.DATE, c.day)
        village = cells.read(v.VILLAGE, self._units)
        mode = cells.read(v.MODE, c.word(SessionMode))
        counts = {name: cells.read(heading, c.whole_number) for name, heading in v.COUNTS.items()}
        values: dict[str, Any] = {
            "session_date": day,
            "attendees": cells.read_or(v.ATTENDEES, c.text(200), ""),
            "notes": cells.read_or(v.NOTES, c.text(2000), ""),
        }
        if village is not None:
            self._may_write(cells, village, day)
        if not cells.wrong:
            self._ask_rules(cells, day, mode, counts)
        if cells.wrong or village is None or mode is None:
            return None
        values |= {"unit_id": village.id, "mode": mode.value, **counts}
        return ReadSession(
            cells.number, village.id, values, digest_of("village-sessions", values), village.label
        )

    def new_rows(self, rows: list[ReadSession], findings: Findings) -> list[ReadSession]:
        known = known_sessions(self._session, {row.unit_id for row in rows})
        seen: dict[tuple[int, date], int] = {}
        new = []
        for row in rows:
            key = (row.unit_id, row.values["session_date"])
            held = known.get(key)
            if key in seen:
                findings.add(
                    row.number,
                    v.VILLAGE,
                    f"{row.village} {key[1]} 与第 {seen[key]} 行重复，一个村一天只登记一次。",
                )
            elif held is None:
                new.append(row)
            elif not _same(row, held):
                findings.add(
                    row.number, v.VILLAGE,
                    f"{row.village} {key[1]} 已登记为 {held.number}，内容不同；导入不会改动已有登记，请到该登记里更正。",
                )  # fmt: skip
            seen.setdefault(key, row.number)
        return new

    def shown(self, row: ReadSession) -> list[str]:
        values = row.values
        written = {v.DATE: values["session_date"], v.VILLAGE: row.village, v.MODE: SessionMode(values["mode"]).label,
                   v.ATTENDEES: values["attendees"], v.NOTES: values["notes"]}  # fmt: skip
        written |= {heading: values[name] for name, heading in v.COUNTS.items()}
        return [str(written[h]) for h in v.SPEC.headings]

    def _may_write(self, cells: RowCells, village: UnitWord, day: date | None) -> None:
        if village.category not in VILLAGE_LEVEL:
            cells.refuse(v.VILLAGE, f"{village.code}（{village.label}）不是村或社区。")
        elif not self._importer.may_write(village.path):
            cells.refuse(v.VILLAGE, f"{village.code}（{village.label}）不在您的管辖范围。")
        elif day is not None and not open_on(village, day):
            cells.refuse(v.VILLAGE, f"{village.code}（{village.label}）已于 {village.valid_to} 撤销。")

    def _ask_rules(
        self, cells: RowCells, day: date | None, mode: SessionMode | None, counts: dict[str, int | None]
    ) -> None:
        asked = SessionValues(day, mode, **{name: count or 0 for name, count in counts.items()})
        for refusal in check_session(asked, self._importer.today, weekday=None):
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)


def _same(row: ReadSession, held: VillageSession) -> bool:
    """As it was imported, or as it stands now."""
    return row.digest in (
        held.content_digest,
        digest_of("village-sessions", {name: getattr(held, name) for name in SAID}),
    )


class SessionSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = VillageSession

    def checker(self, session: Session, importer: Importer) -> SessionChecker:
        return SessionChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadSession],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        bulk = [
            SessionRow({**row.values, **shared, "uid": new_uid(), "content_digest": row.digest})
            for row in rows
        ]
        add_sessions(session, actor=actor, now=now, units=units, rows=bulk, reason=reason)
