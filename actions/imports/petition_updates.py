"""A row whose 省系统编号 is known here: what it adds to that petition, in words, or what stands against it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from actions.imports.kind import Importer
from actions.petition_updates import Told
from actions.petitions.registering import decides_on_counting
from models.category import Category
from models.petition import Petition
from queries.petition_standing import Surroundings, hands_to, surroundings_of_many
from queries.petition_words import FIELD_LABELS, petition_value_in_words
from queries.sheet_facts import sheet_facts_of
from rules.petition_history import history_of
from rules.petition_sheet_facts import check_sheet_facts
from rules.petition_sheet_update import DATED, FIXED, compare, is_on_course, later_steps
from rules.petition_states import WAYS, By, Stage, Verb
from rules.petition_words import HandlingClass, UnitPart, fits
from rules.redaction import mask_name
from rules.roles import COUNTY_OFFICE
from rules.sheets import petitions as p
from rules.taxonomy import Purpose

_AT_ONCE = 500
_RATES = {"bureau_rating", "unit_rating"}
_BY_SENDER = {"location_unit_id", "campaign"}
Refuse = Callable[[str, str], None]
"""Takes the column that the refusal belongs to, and its words."""


@dataclass(frozen=True)
class PetitionUpdate:
    row: int
    number: str
    told: Told
    words: tuple[str, ...]

    def shown(self) -> list[str]:
        return [str(self.row), self.number, "；".join(self.words)]


class UpdateChecker:
    """For one file. `petitions` are those that rows name and the importer may see, read at once."""

    def __init__(self, session: Session, importer: Importer, petition_ids: Iterable[int]) -> None:
        self._session = session
        self._importer = importer
        self._words = petition_value_in_words(session)
        self._petitions: dict[int, Petition] = {}
        self._around: dict[int, Surroundings] = {}
        ids = sorted(petition_ids)
        for start in range(0, len(ids), _AT_ONCE):
            self._read(ids[start : start + _AT_ONCE])

    def _read(self, ids: list[int]) -> None:
        whole = (selectinload(Petition.contacts), selectinload(Petition.parts))
        rows = self._session.scalars(select(Petition).where(Petition.id.in_(ids)).options(*whole))
        self._petitions |= {petition.id: petition for petition in rows}
        self._around |= surroundings_of_many(self._session, ids)

    def update_of(self, petition_id: int, row: Any, refuse: Refuse) -> PetitionUpdate | None:
        """None where the row says nothing new, or was refused."""
        petition = self._petitions[petition_id]
        told = row.values | {"dispatch_kind": _code(row.facts.dispatch_kind)}
        if told["responsible_unit_id"] in self._former(petition):
            told["responsible_unit_id"] = petition.responsible_unit_id
        compared = compare(_values(petition), told, self._fixed(petition, told))
        refusals = [*self._contradictions(petition, told, compared.contradicted), *_of_people(petition, row)]
        if not refusals and compared.changes:
            refusals = list(self._against(petition, compared.changes))
        for column, words in refusals:
            refuse(column, words)
        if refusals or not compared.changes:
            return None
        return PetitionUpdate(
            row.number,
            petition.number,
            Told(petition.id, petition.version, compared.changes),
            tuple(self._added(petition, compared.changes)),
        )

    def _former(self, petition: Petition) -> set[int]:
        """Units that handed the matter over: the province's system goes on naming them."""
        if self._around[petition.id].last_day_of(Verb.HAND_OVER) is None:
            return set()
        return {part.unit_id for part in petition.parts if part.part == UnitPart.RESPONSIBLE}

    def _fixed(self, petition: Petition, told: dict[str, Any]) -> tuple[str, ...]:
        """What a person typed here is told in other words than the province's, and often under a narrower category."""
        found = [name for name in FIXED if name != "category_id" or not self._is_near(petition, told[name])]
        return (*found, "content") if petition.import_batch_id is not None else tuple(found)

    def _is_near(self, petition: Petition, category_id: int) -> bool:
        """The one lies below the other."""
        told = self._session.get(Category, category_id)
        return petition.category.parent_id == category_id or (
            told is not None and told.parent_id == petition.category_id
        )

    def _contradictions(
        self, petition: Petition, told: dict[str, Any], columns: Iterable[str]
    ) -> Iterator[tuple[str, str]]:
        for name in columns:
            if name == "content":
                yield name, "概况与系统中登记的不同；要改的，请到该件里更正。"
            else:
                here, there = self._say(name, getattr(petition, name)), self._say(name, told[name])
                yield name, f"{petition.number} 系统中为“{here}”，表中为“{there}”。"

    def _against(self, petition: Petition, changes: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Why these changes may not be brought in by a sheet now, by this importer."""
        first = next(iter(changes))
        stage, around = Stage(petition.stage), self._around[petition.id]
        if stage is Stage.MERGED:
            yield first, f"{petition.number} 已并件，不再由表格更新。"
        elif changes.keys() & DATED:
            yield from self._against_dated(petition, changes, stage, around)
        yield from self._not_theirs(petition, changes)

    def _against_dated(
        self, petition: Petition, changes: dict[str, Any], stage: Stage, around: Surroundings
    ) -> Iterator[tuple[str, str]]:
        first = next(name for name in changes if name in DATED)
        if not is_on_course(stage):
            yield first, f"{petition.number} 目前是“{stage.label}”，请到该件里办理。"
            return
        answered = {Verb.DECIDE_EXTENSION.value} if "extension_approved_on" in changes else set()
        open_ = next((s for s in around.waiting if s.waits_for not in answered), None)
        if open_ is not None:
            yield first, f"{petition.number} 的“{Verb(open_.verb).label}”还在等待答复，请先到该件里办理。"
        if petition.sealed and "responsible_unit_id" in changes:
            yield "responsible_unit_id", f"{petition.number} 是检举控告，请到该件里转送、核对。"
        yield from _against_reply(petition, changes, around)
        yield from self._extends_late(petition, changes)
        for refusal in check_sheet_facts(sheet_facts_of(petition, changes), self._importer.today):
            if refusal.field in changes or first == refusal.field:
                yield refusal.field or first, refusal.message

    def _extends_late(self, petition: Petition, changes: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Once the days are over, an extension that nobody knew of here changes what counts (decision 0017)."""
        actor, due = self._importer.actor, petition.reply_due_on
        late = due is not None and due <= self._importer.today
        if late and "extension_days" in changes and actor.role is not None and not decides_on_counting(actor):
            words = f"{petition.number} 的限办日期 {due} 已到，之后补记延期由县信访局负责人导入。"
            yield "extension_approved_on" if "extension_approved_on" in changes else "extension_days", words

    def _not_theirs(self, petition: Petition, changes: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """The county's office enters what others did; anybody else only what he may do by hand."""
        actor = self._importer.actor
        if actor.role is None or actor.role in COUNTY_OFFICE:
            return
        by = hands_to(actor, petition).by
        for column, verb in _acts(petition, changes):
            if not WAYS[verb].by & by:
                who = "或".join(b.label for b in By if b in WAYS[verb].by)
                yield column, f"{petition.number} 的{verb.label}由{who}办理，请由县信访局导入。"

    def _added(self, petition: Petition, changes: dict[str, Any]) -> Iterator[str]:
        for name, value in changes.items():
            before = getattr(petition, name)
            was = f"{self._say(name, before)} → " if before else ""
            yield f"{FIELD_LABELS[name]}：{was}{self._say(name, value)}"
        handling_class = changes.get("handling_class")
        if handling_class and not fits(Purpose(petition.purpose), HandlingClass(handling_class)):
            yield "办理类别与信访目的不符，请核对"

    def _say(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return "空"
        if isinstance(value, bool):
            return "是" if value else "否"
        return self._words.get(name, str)(value)


def _values(petition: Petition) -> dict[str, Any]:
    return {column: getattr(petition, column) for column in COLUMNS}


def _code(word: Any) -> str | None:
    return word.value if word else None


def _of_people(petition: Petition, row: Any) -> Iterator[tuple[str, str]]:
    """A number under which quite other people stand is the wrong number. Names are told masked."""
    here, there = {c.name for c in petition.contacts}, {c.name for c in row.contacts}
    if there and not here & there and (here or petition.anonymous):
        said = "、".join(mask_name(name) for name in sorted(here)) or "匿名"
        shown = "、".join(mask_name(name) for name in sorted(there))
        yield "names", f"系统中为“{said}”，表中为“{shown}”。"


def _against_reply(
    petition: Petition, changes: dict[str, Any], around: Surroundings
) -> Iterator[tuple[str, str]]:
    ended = next((name for name in ("concluded_on", "served_on") if name in changes), None)
    reply = around.reply
    if ended is None or reply is None:
        return
    if reply.state != "approved":
        yield ended, f"{petition.number} 的答复正在系统里起草或等待审批，请先到该件里办完。"
    elif reply.approved_on is not None and changes[ended] < reply.approved_on:
        yield ended, f"{FIELD_LABELS[ended]} {changes[ended]} 早于答复批准日期 {reply.approved_on}。"


def _acts(petition: Petition, changes: dict[str, Any]) -> Iterator[tuple[str, Verb]]:
    """Which acts the changes amount to, each with a column. To end what takes a reply is to approve the reply."""
    history = history_of(sheet_facts_of(petition, changes))
    for line in later_steps(history, changes, Stage(petition.stage)):
        column = next((name for name in line.columns), next(iter(changes)))
        yield column, line.past.verb
        if line.past.verb is Verb.CONCLUDE and petition.conclusion is None:
            yield column, Verb.APPROVE_REPLY
    for name in changes:
        if name in _RATES:
            yield name, Verb.RATE
        elif name == "resolution":
            yield name, Verb.RESOLVE
        elif name in _BY_SENDER or name in ("responsible_unit_id", "dispatch_kind"):
            yield name, Verb.FORWARD
        elif name in ("extension_days", "conclusion"):
            yield name, Verb.DECIDE_EXTENSION if name == "extension_days" else Verb.APPROVE_REPLY


COLUMNS = tuple(dict.fromkeys((*FIXED, "content", *DATED, *_BY_SENDER, *_RATES, "resolution")))
HEADING_OF = {
    "registered_on": p.REGISTERED, "unit_id": p.UNIT, "channel": p.CHANNEL, "source_level": p.LEVEL,
    "persons": p.PERSONS, "item_kind": p.KIND, "category_id": p.CATEGORY, "purpose": p.PURPOSE,
    "location_unit_id": p.LOCATION, "content": p.CONTENT, "names": p.NAMES, "dispatch_kind": p.DISPATCH,
    "dispatched_on": p.DISPATCHED, "responsible_unit_id": p.RESPONSIBLE, "unit_received_on": p.RECEIVED,
    "notified_on": p.NOTIFIED, "acceptance": p.ACCEPTANCE, "handling_class": p.CLASS,
    "extension_days": p.EXTENSION, "extension_approved_on": p.EXTENDED, "concluded_on": p.CONCLUDED,
    "served_on": p.SERVED, "conclusion": p.CONCLUSION, "resolution": p.RESOLUTION,
    "bureau_rating": p.BUREAU_RATING, "unit_rating": p.UNIT_RATING, "included": p.INCLUDED,
    "judicial": p.JUDICIAL, "campaign": p.CAMPAIGN,
}  # fmt: skip
"""Column → heading."""
