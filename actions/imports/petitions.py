"""信访事项 from a sheet: reading rows, knowing them again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_petitions import PetitionRow, add_petitions
from actions.imports.contacts import Contact, PeopleHeadings, read_contacts
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from actions.imports.petition_updates import HEADING_OF, PetitionUpdate, Refuse, UpdateChecker
from actions.petition_updates import update_petitions
from models.organisation import Unit
from models.petition import Petition
from queries.imports import KnownPetition, all_categories, all_units, known_digests, known_petitions
from queries.petition_scope import visible_among
from rules.petition_rules import ALREADY_SOMEWHERE, LONGEST_CONTENT, PetitionValues, check_petition, is_sealed
from rules.petition_sheet_facts import check_sheet_facts
from rules.petition_stage_of import SheetFacts, stage_of, stays_where_registered
from rules.petition_words import (
    Acceptance,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ItemKind,
    Rating,
    Resolution,
    SourceLevel,
    fits,
)
from rules.redaction import mask_address, mask_name, mask_telephone
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import petitions as p
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on
from rules.taxonomy import Labelled, Purpose
from rules.visit_rules import default_representatives

HEADINGS = {
    "registered_on": p.REGISTERED, "persons": p.PERSONS, "item_kind": p.KIND, "category": p.CATEGORY,
    "purpose": p.PURPOSE, "content": p.CONTENT, "name_1": p.NAMES, "dispatched_on": p.DISPATCHED,
    "unit_received_on": p.RECEIVED, "notified_on": p.NOTIFIED, "handling_class": p.CLASS,
    "extension_days": p.EXTENSION, "extension_approved_on": p.EXTENDED, "concluded_on": p.CONCLUDED,
    "served_on": p.SERVED,
}  # fmt: skip
"""Field of the rules → heading."""
PEOPLE = PeopleHeadings(p.NAMES, p.TELEPHONES, p.ADDRESS)
WORDS: dict[str, tuple[str, type[Labelled]]] = {
    "channel": (p.CHANNEL, Channel),
    "source_level": (p.LEVEL, SourceLevel),
    "item_kind": (p.KIND, ItemKind),
    "purpose": (p.PURPOSE, Purpose),
    "dispatch_kind": (p.DISPATCH, DispatchKind),
    "acceptance": (p.ACCEPTANCE, Acceptance),
    "handling_class": (p.CLASS, HandlingClass),
    "conclusion": (p.CONCLUSION, Conclusion),
    "resolution": (p.RESOLUTION, Resolution),
    "bureau_rating": (p.BUREAU_RATING, Rating),
    "unit_rating": (p.UNIT_RATING, Rating),
}
DAYS = {
    "registered_on": p.REGISTERED, "dispatched_on": p.DISPATCHED, "unit_received_on": p.RECEIVED,
    "notified_on": p.NOTIFIED, "extension_approved_on": p.EXTENDED, "concluded_on": p.CONCLUDED,
    "served_on": p.SERVED,
}  # fmt: skip
UNITS = {"unit_id": p.UNIT, "location_unit_id": p.LOCATION, "responsible_unit_id": p.RESPONSIBLE}
MOST_CAMPAIGN, MOST_EXTERNAL = 60, 64


@dataclass(frozen=True, slots=True)
class ReadPetition:
    """A row that may stand. `values` are columns of the register, without who, when and number; `facts` are their
    dated part, from which clocks and history are made."""

    number: int
    unit_id: int
    values: dict[str, Any]
    facts: SheetFacts
    by_bureau: bool
    contacts: tuple[Contact, ...]
    digest: str
    words: dict[str, str]
    """Labels of units and category, for the preview."""

    @property
    def external_number(self) -> str | None:
        return self.values["external_number"]


class PetitionChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)
        self._categories = all_categories(session)
        self.updates: list[PetitionUpdate] = []

    def read(self, cells: RowCells) -> ReadPetition | None:
        words = {field: cells.read(heading, c.word(list_)) for field, (heading, list_) in WORDS.items()}
        values, labels = self._plain(cells)
        registering = self._about_units(cells, values, labels)
        contacts, values["anonymous"] = read_contacts(cells, PEOPLE)
        self._ask_rules(cells, values, words, contacts)
        if cells.wrong or registering is None:
            return None
        facts = _facts(values, words)
        for refusal in check_sheet_facts(facts, self._importer.today):
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)
        if cells.wrong:
            return None
        values |= {field: word.value if word else None for field, word in words.items()}
        digest = digest_of("petitions", values | {"contacts": [contact.said() for contact in contacts]})
        return ReadPetition(
            cells.number,
            registering.id,
            values | _derived(values, facts, registering),
            facts,
            registering.is_bureau,
            contacts,
            digest,
            labels,
        )

    def new_rows(self, rows: list[ReadPetition], findings: Findings) -> list[ReadPetition]:
        unit_ids = {row.unit_id for row in rows}
        known = known_petitions(self._session, {row.external_number for row in rows} - {None})
        seen: dict[str, int] = {}
        without, new_numbered, moved_on = [], set(), []
        for row in rows:
            if row.external_number is None:
                without.append(row)
            elif not _stands_once(row, row.external_number, seen, findings):
                continue
            elif row.external_number not in known:
                new_numbered.add(row.number)
            elif known[row.external_number].digest != row.digest:
                moved_on.append((row, known[row.external_number]))
        self.updates = list(self._updates(moved_on, findings))
        fresh = {row.number for row in not_known(without, known_digests(self._session, Petition, unit_ids))}
        return [row for row in rows if row.number in fresh or row.number in new_numbered]

    def shown(self, row: ReadPetition) -> list[str]:
        values = row.values
        written = {heading: _label(list_, values[field]) for field, (heading, list_) in WORDS.items()}
        written |= {heading: values[field] for field, heading in DAYS.items()}
        written |= {
            p.EXTERNAL: values["external_number"], p.PERSONS: values["persons"],
            p.NAMES: "匿名" if values["anonymous"] else "、".join(mask_name(k.name) for k in row.contacts),
            p.TELEPHONES: "、".join(mask_telephone(k.telephone) for k in row.contacts if k.telephone),
            p.ADDRESS: "、".join(mask_address(k.address) for k in row.contacts if k.address),
            p.CONTENT: "（密封）" if values["sealed"] else values["content"],
            p.EXTENSION: values["extension_days"] or "", p.CAMPAIGN: values["campaign"],
            p.INCLUDED: c.text_of(values["included"]), p.JUDICIAL: c.text_of(values["judicial"]),
        }  # fmt: skip
        if _is_at_odds(row):
            written[p.CLASS] += f"（与信访目的“{written[p.PURPOSE]}”不符，请核对）"
        return [str(written.get(h, row.words.get(h)) or "") for h in p.SPEC.headings]

    def _plain(self, cells: RowCells) -> tuple[dict[str, Any], dict[str, str]]:
        category = cells.read(p.CATEGORY, self._categories)
        values: dict[str, Any] = {
            "external_number": cells.read_or(p.EXTERNAL, _external_number, "") or None,
            **{field: cells.read(heading, c.day) for field, heading in DAYS.items()},
            "persons": cells.read(p.PERSONS, c.whole_number),
            "category_id": category.id if category else None,
            "content": cells.read_or(p.CONTENT, c.text(LONGEST_CONTENT), ""),
            "extension_days": cells.read_or(p.EXTENSION, c.whole_number, 0),
            "included": cells.read(p.INCLUDED, c.yes_no),
            "judicial": cells.read(p.JUDICIAL, c.yes_no),
            "campaign": cells.read_or(p.CAMPAIGN, _campaign, "") or None,
        }
        return values, {p.CATEGORY: category.label if category else ""}

    def _about_units(
        self, cells: RowCells, values: dict[str, Any], labels: dict[str, str]
    ) -> UnitWord | None:
        """Fills in the three units; returns the one that registers."""
        found = {column: cells.read(heading, self._units) for column, heading in UNITS.items()}
        registering = found["unit_id"]
        if registering is not None:
            self._may_register(cells, registering, values["registered_on"])
        for column, unit in found.items():
            values[column] = unit.id if unit else None
            labels[UNITS[column]] = f"{unit.code} {unit.label}" if unit else ""
        return registering

    def _may_register(self, cells: RowCells, unit: UnitWord, day: date | None) -> None:
        if not unit.path:
            cells.refuse(p.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能作登记单位。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(
                p.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围，只能导入本单位及下级单位的登记。"
            )
        elif day is not None and not open_on(unit, day):
            cells.refuse(p.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")

    def _ask_rules(
        self, cells: RowCells, values: dict[str, Any], words: dict[str, Any], contacts: tuple[Contact, ...]
    ) -> None:
        """The sheet has no day of receipt: what was registered was received that day."""
        asked = PetitionValues(
            registered_on=values["registered_on"],
            received_on=values["registered_on"],
            persons=values["persons"],
            item_kind=words["item_kind"],
            category=values["category_id"],
            purpose=words["purpose"],
            title="",
            content=values["content"],
            anonymous=values["anonymous"],
            names=[contact.name for contact in contacts],
        )
        for refusal in check_petition(asked, self._importer.today):
            if refusal.field in HEADINGS:
                cells.refuse(HEADINGS[refusal.field], refusal.message)

    def _updates(
        self, moved_on: list[tuple[ReadPetition, KnownPetition]], findings: Findings
    ) -> Iterator[PetitionUpdate]:
        """What a row says of one that its sender may not see, is told to nobody."""
        visible = self._may_see(known for _row, known in moved_on)
        checker = UpdateChecker(self._session, self._importer, visible)
        for row, known in moved_on:
            if known.id not in visible:
                findings.add(row.number, p.EXTERNAL, ALREADY_SOMEWHERE)
            elif update := checker.update_of(known.id, row, _refusing(row, findings)):
                yield update

    def _may_see(self, known: Iterable[KnownPetition]) -> set[int]:
        """Ids of those that the importer may see; the console, which has no role, all but sealed ones."""
        actor = self._importer.actor
        if actor.role is None:
            return {k.id for k in known if not k.sealed}
        inside = (k.id for k in known if self._importer.may_write(k.unit_path))
        return visible_among(self._session, actor, inside)


def _stands_once(row: ReadPetition, external: str, seen: dict[str, int], findings: Findings) -> bool:
    if external in seen:
        findings.add(row.number, p.EXTERNAL, f"这个省系统编号与第 {seen[external]} 行重复，不能重复。")
        return False
    seen[external] = row.number
    return True


def _refusing(row: ReadPetition, findings: Findings) -> Refuse:
    return lambda column, words: findings.add(row.number, HEADING_OF[column], words)


def _is_at_odds(row: ReadPetition) -> bool:
    """What an old register says was done is kept as it says, and told before it is confirmed."""
    handling_class = row.facts.handling_class
    return handling_class is not None and not fits(Purpose(row.values["purpose"]), handling_class)


def _facts(values: dict[str, Any], words: dict[str, Any]) -> SheetFacts:
    return SheetFacts(
        **{field: values[field] for field in DAYS},
        dispatch_kind=words["dispatch_kind"],
        responsible_unit_id=values["responsible_unit_id"],
        acceptance=words["acceptance"],
        handling_class=words["handling_class"],
        extension_days=values["extension_days"],
    )


def _derived(values: dict[str, Any], facts: SheetFacts, registering: UnitWord) -> dict[str, Any]:
    """Columns that the sheet's cells decide. 责任单位 and 单位收到日期 stay as they are written: figures count what is
    filled in (`models.petition.Petition.handling_unit` says who has it)."""
    if stays_where_registered(facts, registering.id, registering.is_bureau):
        facts = replace(facts, dispatch_kind=DispatchKind.DIRECT)
    return {
        "dispatch_kind": facts.dispatch_kind.value if facts.dispatch_kind else None,
        "received_on": facts.registered_on,
        "representatives": default_representatives(values["persons"]),
        "sealed": is_sealed(Purpose(values["purpose"])),
        "stage": stage_of(facts).value,
        **facts.due_dates,
    }


def _external_number(cell: Any) -> str:
    return c.text(MOST_EXTERNAL)(c.code(cell))


def _campaign(cell: Any) -> str:
    return " ".join(c.text(MOST_CAMPAIGN)(cell).split())


def _label(words: type[Labelled], code: str | None) -> str:
    return words(code).label if code else ""


class PetitionSheet:
    spec = p.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = Petition

    def checker(self, session: Session, importer: Importer) -> PetitionChecker:
        return PetitionChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadPetition],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        bulk = [
            PetitionRow(
                {**row.values, **shared, "content_digest": row.digest},
                row.facts,
                row.by_bureau,
                [contact.columns() for contact in row.contacts],
            )
            for row in rows
        ]
        add_petitions(session, actor=actor, now=now, units=units, rows=bulk, reason=reason)

    def update(
        self, session: Session, *, actor: Actor, now: datetime, today: date, batch_id: int,
        updates: list[PetitionUpdate],
    ) -> None:  # fmt: skip
        """Raises RuleViolation where one has changed since the check."""
        told = [update.told for update in updates]
        update_petitions(session, actor=actor, now=now, today=today, batch_id=batch_id, told=told)
