"""来访登记 from a sheet: reading rows, knowing them again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_registers import VisitRow as BulkRow
from actions.bulk_registers import add_visits
from actions.imports.contacts import Contact, PeopleHeadings, read_contacts
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from models.organisation import Unit
from models.visit import Visit
from queries.imports import all_categories, all_units, known_digests, known_external_numbers
from queries.office_rules import GROUP_VISIT_PERSONS, rule_on
from rules.redaction import mask_address, mask_id_number, mask_name, mask_telephone
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import visits as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from rules.visit_rules import LONGEST_CONTENT, VisitValues, check_visit, default_representatives

HEADINGS = {
    "visit_date": v.DATE, "persons": v.PERSONS, "visit_kind": v.KIND, "category": v.CATEGORY, "purpose": v.PURPOSE,
    "content": v.CONTENT, "outcome": v.OUTCOME, "representatives": v.REPRESENTATIVES,
    "involved_persons": v.INVOLVED, "responsible_unit": v.RESPONSIBLE, "due_date": v.DUE, "names": v.NAMES,
}  # fmt: skip
"""Field of `rules.visit_rules` → heading."""
PEOPLE = PeopleHeadings(v.NAMES, v.TELEPHONES, v.ADDRESS, v.ID_NUMBERS)


@dataclass(frozen=True, slots=True)
class ReadVisit:
    """A row that may stand. `values` are columns of the register, without who, when and number."""

    number: int
    unit_id: int
    values: dict[str, Any]
    contacts: tuple[Contact, ...]
    digest: str
    words: dict[str, str]
    """Codes and labels for the preview."""

    @property
    def external_number(self) -> str | None:
        return self.values["external_number"] or None


class VisitChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)
        self._categories = all_categories(session)
        self._group = rule_on(session, GROUP_VISIT_PERSONS, importer.today)

    def read(self, cells: RowCells) -> ReadVisit | None:
        values, words = self._plain(cells)
        accused = self._about_units(cells, values, words)
        contacts, values["anonymous"] = read_contacts(cells, PEOPLE)
        self._ask_rules(cells, values, contacts)
        if cells.wrong:
            return None
        values["representatives"] = values["representatives"] or default_representatives(values["persons"])
        values["sealed"] = values["purpose"] == Purpose.ACCUSATION.value
        digest = digest_of("visits", values | {"contacts": [c.said() for c in contacts]})
        values["accused_text"] = accused.name if accused else values["accused_text"]
        return ReadVisit(cells.number, values["unit_id"], values, contacts, digest, words)

    def new_rows(self, rows: list[ReadVisit], findings: Findings) -> list[ReadVisit]:
        unit_ids = {row.unit_id for row in rows}
        known = known_external_numbers(self._session, unit_ids)
        seen: dict[tuple[int, str], int] = {}
        without, new_numbered = [], set()
        for row in rows:
            if row.external_number is None:
                without.append(row)
            elif self._is_new_number(row, known, seen, findings):
                new_numbered.add(row.number)
        fresh = {row.number for row in not_known(without, known_digests(self._session, Visit, unit_ids))}
        return [row for row in rows if row.number in fresh or row.number in new_numbered]

    def shown(self, row: ReadVisit) -> list[str]:
        values, words = row.values, row.words
        written = {
            v.DATE: values["visit_date"], v.TIME: values["visit_time"] and values["visit_time"].strftime("%H:%M"),
            v.TYPE: ReceptionType(values["reception_type"]).label, v.PLACE: values["place"],
            v.RECEPTIONIST: values["receptionist"],
            v.NAMES: "匿名" if values["anonymous"] else "、".join(mask_name(c.name) for c in row.contacts),
            v.ID_NUMBERS: "、".join(mask_id_number(c.id_number) for c in row.contacts if c.id_number),
            v.TELEPHONES: "、".join(mask_telephone(c.telephone) for c in row.contacts if c.telephone),
            v.ADDRESS: "、".join(mask_address(c.address) for c in row.contacts if c.address),
            v.PERSONS: values["persons"], v.REPRESENTATIVES: values["representatives"],
            v.INVOLVED: values["involved_persons"], v.KIND: VisitKind(values["visit_kind"]).label,
            v.PURPOSE: Purpose(values["purpose"]).label, v.OUTCOME: Outcome(values["outcome"]).label,
            v.CONTENT: "（密封）" if values["sealed"] else values["content"], v.DUE: values["due_date"],
            v.EXTERNAL: values["external_number"],
        }  # fmt: skip
        if values["sealed"]:
            words = words | {v.ACCUSED: "（密封）"}
        return [str(written.get(h, words.get(h)) or "") for h in v.SPEC.headings]

    def _plain(self, cells: RowCells) -> tuple[dict[str, Any], dict[str, str]]:
        category = cells.read(v.CATEGORY, self._categories)
        values: dict[str, Any] = {
            "visit_date": cells.read(v.DATE, c.day),
            "visit_time": cells.read(v.TIME, c.hour),
            "reception_type": cells.read(v.TYPE, c.word(ReceptionType)),
            "place": cells.read_or(v.PLACE, c.text(80), ""),
            "receptionist": cells.read_or(v.RECEPTIONIST, c.text(80), ""),
            "persons": cells.read(v.PERSONS, c.whole_number),
            "representatives": cells.read(v.REPRESENTATIVES, c.whole_number),
            "involved_persons": cells.read(v.INVOLVED, c.whole_number),
            "visit_kind": cells.read(v.KIND, c.word(VisitKind)),
            "category_id": category.id if category else None,
            "purpose": cells.read(v.PURPOSE, c.word(Purpose)),
            "content": cells.read_or(v.CONTENT, c.text(LONGEST_CONTENT), ""),
            "outcome": cells.read(v.OUTCOME, c.word(Outcome)),
            "due_date": cells.read(v.DUE, c.day),
            "external_number": cells.read_or(v.EXTERNAL, _external_number, "") or None,
        }
        return values, {v.CATEGORY: category.label if category else ""}

    def _about_units(self, cells: RowCells, values: dict[str, Any], words: dict[str, str]) -> UnitWord | None:
        """Fills in the four units; returns the accused one, where it is a unit."""
        registering = cells.read(v.UNIT, self._units)
        if registering is not None:
            self._may_register(cells, registering, values["visit_date"])
        accused = cells.raw(v.ACCUSED)
        named = None if c.is_blank(accused) else self._units.named(accused)
        found = {
            v.UNIT: ("unit_id", registering),
            v.LOCATION: ("location_unit_id", cells.read(v.LOCATION, self._units)),
            v.RESPONSIBLE: ("responsible_unit_id", cells.read(v.RESPONSIBLE, self._units)),
            v.ACCUSED: ("accused_unit_id", named),
        }
        for heading, (column, unit) in found.items():
            values[column] = unit.id if unit else None
            words[heading] = f"{unit.code} {unit.label}" if unit else ""
        values["accused_text"] = cells.read_or(v.ACCUSED, c.text(80), "")
        words[v.ACCUSED] = words[v.ACCUSED] or values["accused_text"]
        return named

    def _may_register(self, cells: RowCells, unit: UnitWord, day: date | None) -> None:
        if not unit.path:
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能作登记单位。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(
                v.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围，只能导入本单位及下级单位的登记。"
            )
        elif day is not None and not open_on(unit, day):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")

    def _ask_rules(self, cells: RowCells, values: dict[str, Any], contacts: tuple[Contact, ...]) -> None:
        asked = VisitValues(
            visit_date=values["visit_date"],
            persons=values["persons"],
            visit_kind=values["visit_kind"],
            category=values["category_id"],
            purpose=values["purpose"],
            content=values["content"],
            outcome=values["outcome"],
            representatives=values["representatives"],
            involved_persons=values["involved_persons"],
            responsible_unit=values["responsible_unit_id"],
            due_date=values["due_date"],
            names=[contact.name for contact in contacts],
        )
        for refusal in check_visit(asked, self._importer.today, self._group, typed=False):
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)
        for name in ("reception_type", "visit_kind", "purpose", "outcome"):
            values[name] = values[name].value if values[name] is not None else None

    def _is_new_number(
        self,
        row: ReadVisit,
        known: dict[tuple[int, str], tuple[str, str]],
        seen: dict[tuple[int, str], int],
        findings: Findings,
    ) -> bool:
        key = (row.unit_id, row.external_number or "")
        if key in seen:
            findings.add(
                row.number, v.EXTERNAL, f"外部编号“{key[1]}”与第 {seen[key]} 行重复，同一单位内不能重复。"
            )
            return False
        seen[key] = row.number
        if key not in known:
            return True
        digest, number = known[key]
        if digest != row.digest:
            findings.add(
                row.number,
                v.EXTERNAL,
                f"外部编号“{key[1]}”已登记为 {number}，内容不同；导入不会改动已有登记，请到该登记里更正。",
            )
        return False


def _external_number(cell: Any) -> str:
    return c.text(64)(c.code(cell))


class VisitSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = Visit

    def checker(self, session: Session, importer: Importer) -> VisitChecker:
        return VisitChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadVisit],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        bulk = [
            BulkRow(
                {**row.values, **shared, "content_digest": row.digest, "handler_id": actor.person_id},
                [contact.columns() for contact in row.contacts],
            )
            for row in rows
        ]
        add_visits(session, actor=actor, now=now, units=units, rows=bulk, reason=reason)
