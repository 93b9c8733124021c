"""约谈 from a sheet: each row is one that the importer's office held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_registers import describe, insert_children
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from actions.numbers import take_numbers
from models.base import new_uid
from models.interview import Interview
from models.organisation import Unit
from queries.imports import all_units, desk_of, known_digests
from rules.interview_rules import InterviewValues, check_interview
from rules.numbering import RecordKind
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import interviews as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on

HEADINGS = {"interviewed_on": v.DATE, "persons": v.PERSONS, "reason": v.REASON}
"""Field of `rules.interview_rules` → heading."""
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class ReadInterview:
    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    unit: str


class InterviewChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)

    def read(self, cells: RowCells) -> ReadInterview | None:
        unit = cells.read(v.UNIT, self._units)
        values: dict[str, Any] = {
            "interviewed_on": cells.read(v.DATE, c.day),
            "persons": cells.read(v.PERSONS, c.whole_number),
            "posts": cells.read_or(v.POSTS, c.text(200), ""),
            "reason": cells.read_or(v.REASON, c.text(LONGEST_REASON), ""),
        }
        if unit is not None:
            self._may_write(cells, unit, values["interviewed_on"])
        if not cells.wrong:
            self._ask_rules(cells, values)
        if cells.wrong or unit is None:
            return None
        values |= {"unit_id": unit.id}
        return ReadInterview(cells.number, unit.id, values, digest_of("interviews", values), unit.label)

    def new_rows(self, rows: list[ReadInterview], findings: Findings) -> list[ReadInterview]:
        return not_known(rows, known_digests(self._session, Interview, {row.unit_id for row in rows}))

    def shown(self, row: ReadInterview) -> list[str]:
        values = row.values
        written = {v.DATE: values["interviewed_on"], v.UNIT: row.unit, v.PERSONS: values["persons"],
                   v.POSTS: values["posts"], v.REASON: values["reason"]}  # fmt: skip
        return [str(written[h]) for h in v.SPEC.headings]

    def _may_write(self, cells: RowCells, unit: UnitWord, day: Any) -> None:
        if not unit.path:
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能登记约谈。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围。")
        elif day is not None and not open_on(unit, day):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")

    def _ask_rules(self, cells: RowCells, values: dict[str, Any]) -> None:
        asked = InterviewValues(**{name: values[name] for name in HEADINGS})
        for refusal in check_interview(asked, self._importer.today):
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)
        if values["interviewed_on"] and values["interviewed_on"] > self._importer.today:
            cells.refuse(v.DATE, "导入的是已经进行的约谈，日期不能晚于今天。")


class InterviewSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = Interview

    def checker(self, session: Session, importer: Importer) -> InterviewChecker:
        return InterviewChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadInterview],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        """Numbered by the office that held them."""
        own = session.get_one(Unit, desk_of(session, actor))
        numbers = _numbers(session, own, rows)
        bulk = [
            {
                **row.values,
                **shared,
                "uid": new_uid(),
                "content_digest": row.digest,
                "by_unit_id": own.id,
                "number": next(numbers[row.values["interviewed_on"].year]),
                **{name: "" for name in ("host", "place", "demands", "correction")},
            }
            for row in rows
        ]
        insert_children(session, Interview, bulk)
        describe(session, actor, now, "interview.add-many", "interview", len(bulk), reason, ())


def _numbers(session: Session, own: Unit, rows: list[ReadInterview]) -> dict[int, Any]:
    years = [row.values["interviewed_on"].year for row in rows]
    kind = RecordKind.INTERVIEW
    return {year: iter(take_numbers(session, own, kind, year, years.count(year))) for year in set(years)}
