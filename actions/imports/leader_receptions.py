"""领导接访 from a sheet: one row one leader at one reception."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_registers import ReceptionRow, add_receptions
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from models.base import new_uid
from models.leader_reception import LeaderReception
from models.organisation import Unit
from queries.imports import all_units, known_digests, people_by_name
from rules.roles import Actor, Permission
from rules.session_rules import LeaderReceptionValues, check_leader_reception
from rules.sheets import cells as c
from rules.sheets import leader_receptions as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on
from rules.taxonomy import LeaderReceptionMode

HEADINGS = {"reception_date": v.DATE, **v.COUNTS}
"""Field of `rules.session_rules` → heading."""


@dataclass(frozen=True, slots=True)
class ReadReception:
    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    unit: str
    leader_id: int | None


class ReceptionChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)
        self._people = people_by_name(session)

    def read(self, cells: RowCells) -> ReadReception | None:
        unit = cells.read(v.UNIT, self._units)
        mode = cells.read(v.MODE, c.word(LeaderReceptionMode))
        values: dict[str, Any] = {
            "reception_date": cells.read(v.DATE, c.day),
            "leader_name": cells.read_or(v.LEADER, c.text(40), ""),
            "post": cells.read_or(v.POST, c.text(60), ""),
            **{name: cells.read(heading, c.whole_number) for name, heading in v.COUNTS.items()},
        }
        if unit is not None:
            self._may_write(cells, unit, values["reception_date"])
        if not cells.wrong:
            self._ask_rules(cells, values)
        if cells.wrong or unit is None or mode is None:
            return None
        values |= {"unit_id": unit.id, "mode": mode.value}
        digest = digest_of("leader-receptions", values)
        return ReadReception(
            cells.number, unit.id, values, digest, unit.label, self._leader(values["leader_name"])
        )

    def new_rows(self, rows: list[ReadReception], findings: Findings) -> list[ReadReception]:
        return not_known(rows, known_digests(self._session, LeaderReception, {row.unit_id for row in rows}))

    def shown(self, row: ReadReception) -> list[str]:
        values = row.values
        written = {v.DATE: values["reception_date"], v.LEADER: values["leader_name"], v.POST: values["post"],
                   v.UNIT: row.unit, v.MODE: LeaderReceptionMode(values["mode"]).label}  # fmt: skip
        written |= {heading: values[name] for name, heading in v.COUNTS.items()}
        return [str(written[h]) for h in v.SPEC.headings]

    def _may_write(self, cells: RowCells, unit: UnitWord, day: Any) -> None:
        if not unit.path:
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能登记接访。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围。")
        elif day is not None and not open_on(unit, day):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")

    def _ask_rules(self, cells: RowCells, values: dict[str, Any]) -> None:
        asked = LeaderReceptionValues(**{name: values[name] for name in HEADINGS})
        for refusal in check_leader_reception(asked, self._importer.today):
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)

    def _leader(self, name: str) -> int | None:
        """The member of staff of that name, where there is only one."""
        people = {person_id for person_id, _path in self._people.get(name, [])}
        return people.pop() if len(people) == 1 else None


class ReceptionSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = LeaderReception

    def checker(self, session: Session, importer: Importer) -> ReceptionChecker:
        return ReceptionChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadReception],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        bulk = [
            ReceptionRow(
                {
                    **row.values,
                    **shared,
                    "uid": new_uid(),
                    "content_digest": row.digest,
                    "leader_id": row.leader_id,
                }
            )
            for row in rows
        ]
        add_receptions(session, actor=actor, now=now, units=units, rows=bulk, reason=reason)
