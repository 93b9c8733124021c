"""登记、更正、作废信访事项 (条例第十九、二十二条): every matter is registered, none is deleted."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.contacts import ContactData, add_contacts, names_in, replace_contacts
from actions.drafts import drop_draft
from actions.ending import make_void
from actions.looks import note_look
from actions.numbers import take_number
from actions.once import already_made, note_made
from actions.petition_deadlines import clocks_before, settle_deadlines
from actions.petition_search import index_petition
from models.base import new_uid
from models.category import Category
from models.contact_columns import opened_id_number, opened_telephone
from models.organisation import Unit
from models.petition import Petition, PetitionUnit, PetitionVisit
from models.visit import Visit, VisitContact
from queries.accused import accused_of
from queries.leads import running_lead
from queries.names import visit_is_masked
from queries.petition_closing import closed_because
from queries.petition_scope import visible_among
from queries.petition_standing import is_bureau
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.numbering import RecordKind
from rules.petition_due import dispatch_due
from rules.petition_rules import (
    ALREADY_SOMEWHERE,
    COUNTING,
    LEAST_TEXT,
    PetitionValues,
    check_handling_class,
    check_petition,
    check_stays_sealed,
    check_target,
    counting_refusals,
    is_sealed,
)
from rules.petition_states import Stage
from rules.petition_words import (
    Channel,
    DispatchKind,
    HandlingClass,
    ItemKind,
    SourceLevel,
    UnitPart,
)
from rules.roles import Actor, Role
from rules.taxonomy import Purpose
from rules.visit_rules import default_representatives

DRAFT = "petition"
_WORDS = ("channel", "source_level", "item_kind", "purpose")


@dataclass(frozen=True)
class PetitionData:
    """A petition as typed: shape checked, rules not yet asked."""

    unit_id: int
    registered_on: date
    received_on: date
    channel: Channel
    source_level: SourceLevel
    persons: int
    item_kind: ItemKind
    category_id: int
    purpose: Purpose
    content: str
    title: str = ""
    request: str = ""
    postmarked_on: date | None = None
    source_number: str = ""
    instruction: str = ""
    oral: bool = False
    external_number: str | None = None
    representatives: int | None = None
    involved_persons: int | None = None
    earlier_id: int | None = None
    location_unit_id: int | None = None
    accused_unit_id: int | None = None
    accused_text: str = ""
    accused_person_id: int | None = None
    happened_on: date | None = None
    other_procedure: str = ""
    campaign: str | None = None
    included: bool = True
    judicial: bool = False
    confidential: bool = False
    anonymous: bool = False
    contacts: tuple[ContactData | None, ...] = ()
    """In the order of the form; in a correction, None takes out the person who stood there."""


def register_petition(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: PetitionData,
    visit: Visit | None = None,
    look_reason: str = "",
    submission_key: str = "",
) -> Petition:
    """One matter. A 信访部门 sends it on; any other unit that takes it in handles it (第二十三条第二款) unless it says
    otherwise. Sent twice with one key it is made once. `look_reason`: why the people of a visit that the actor reads
    masked are taken over. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, Petition)
    if made is not None:
        return session.get_one(Petition, made)
    unit = _own_unit(session, actor, data.unit_id)
    if visit is not None:
        _note_look_at(session, actor, now, visit, look_reason)
        confidential = data.confidential or visit.confidential
        data = replace(data, contacts=people_from_visit(data, visit), confidential=confidential)
    _check(session, actor, data, today, unit)
    petition = Petition(
        **_columns(data),
        uid=new_uid(),
        number=take_number(session, unit, RecordKind.PETITION, data.registered_on.year),
        registered_at=now,
        registered_by_id=actor.person_id,
        dispatch_due_on=dispatch_due(data.registered_on),
        **_first_stage(unit, actor, data),
    )
    session.add(petition)
    session.flush()
    add_contacts(session, petition, "petition_id", data.contacts)
    if petition.responsible_unit_id is not None:
        session.add(_responsible(petition))
    if visit is not None:
        session.add(PetitionVisit(petition_id=petition.id, visit_id=visit.id))
    session.flush()
    index_petition(session, petition)
    settle_deadlines(session, petition, today)
    drop_draft(session, account_id=actor.account_id, form=DRAFT)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="petition.register",
        subject=petition,
        label=petition.number,
        after=petition_values(petition) | ({"visit": visit.number} if visit else {}),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=petition)
    return petition


def _note_look_at(session: Session, actor: Actor, now: datetime, visit: Visit, reason: str) -> None:
    """To take over people whom the actor reads masked is a look at them. Raises RuleViolation on `look_reason`."""
    if not visit.contacts or not visit_is_masked(actor, visit):
        return
    if len(reason.strip()) < LEAST_TEXT:
        raise RuleViolation(
            "这次来访的来访人信息对您是遮盖的，带入信访事项要写明理由，并留痕。", "look_reason"
        )
    note_look(session, actor=actor, now=now, record=visit, reason=reason.strip())


def people_from_visit(data: PetitionData, visit: Visit) -> tuple[ContactData | None, ...]:
    """Nothing is typed twice: nobody named means those of the visit, and whoever is named as there keeps the numbers
    that were not typed again (a page never holds them)."""
    known = {contact.name: contact for contact in visit.contacts}
    named = [c for c in data.contacts if c is not None and c.name]
    if not named and not data.anonymous:
        return tuple(_copied(contact) for contact in visit.contacts)
    return tuple(_completed(c, known.get(c.name or "")) if c is not None else None for c in data.contacts)


def _copied(contact: VisitContact) -> ContactData:
    return ContactData(contact.name, contact.address, opened_id_number(contact), opened_telephone(contact))


def _completed(typed: ContactData, known: VisitContact | None) -> ContactData:
    if known is None:
        return typed
    return ContactData(
        typed.name,
        typed.address or known.address,
        typed.id_number or opened_id_number(known),
        typed.telephone or opened_telephone(known),
    )


def correct_petition(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    petition: Petition,
    data: PetitionData,
    version: int,
    reason: str,
) -> None:
    """Replace what the registration says, with the reason; what was done since stays. Once it counts as it stands, only
    the county's director changes what it counts by. Raises StaleVersion, RuleViolation(s)."""
    _may_change(actor, petition, version)
    if data.unit_id != petition.unit_id:
        raise RuleViolation("登记单位不能更改；登记错了请作废后重新登记。", "unit")
    _check(session, actor, data, today, petition.unit, petition)
    counting = _changed_counting(petition, data)
    closed = closed_because(session, petition, today) if counting else ""
    if not decides_on_counting(actor) and (refused := counting_refusals(counting, closed)):
        raise RuleViolations(refused)
    before, clocks = petition_values(petition), clocks_before(session, petition)
    if petition.dispatch_kind == DispatchKind.DIRECT and petition.unit_received_on == petition.received_on:
        petition.unit_received_on = data.received_on
    for name, value in _columns(data).items():
        setattr(petition, name, value)
    petition.version += 1
    replace_contacts(session, petition, "petition_id", data.contacts)
    session.flush()
    after = petition_values(petition)
    if after == before:
        raise RuleViolation("没有改动任何内容。")
    session.expire(petition, ["accused_unit", "accused_person", "category", "location_unit"])
    index_petition(session, petition)
    settle_deadlines(session, petition, today, corrected=clocks)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="petition.correct-counting" if closed else "petition.correct",
        subject=petition,
        label=petition.number,
        before=before,
        after=after,
        reason=reason,
    )


def void_petition(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    petition: Petition,
    version: int,
    reason: str,
) -> None:
    """It stays, with its number, and counts nowhere; its clocks fall away. Once it counts as it stands, the county's
    director voids it."""
    _may_change(actor, petition, version)
    closed = closed_because(session, petition, today)
    if closed and not decides_on_counting(actor):
        raise RuleViolation(f"{closed}，只能由县信访局负责人作废。")
    merged = session.query(Petition).filter_by(merged_into_id=petition.id, voided_at=None).count()
    if merged:
        raise RuleViolation(f"有 {merged} 件已并入这件，请先撤销并件。")
    if led := running_lead(session, petition.id):
        raise RuleViolation(f"这件事项正在包案（{led}），请先终止包案。")
    action = "petition.void-counting" if closed else "petition.void"
    make_void(session, actor=actor, now=now, row=petition, action=action, reason=reason)
    settle_deadlines(session, petition, today)


def petition_values(petition: Petition) -> dict[str, Any]:
    """The columns and the people, for the version kept; numbers as digests are."""
    people = [
        {
            "name": c.name,
            "address": c.address,
            "id_number": c.id_number_digest,
            "telephone": c.telephone_digest,
        }
        for c in petition.contacts
    ]
    return audit.values_of(petition, contacts=people)


def may_change(actor: Actor, petition: Petition) -> bool:
    """Corrections and voids belong to the registering unit and the offices above it."""
    inside = bool(actor.scope_path) and petition.unit.path.startswith(actor.scope_path)
    return not petition.is_void and (actor.sees_county or inside)


def decides_on_counting(actor: Actor) -> bool:
    """Of a petition whose day has come or of which a paper went out: neither its own unit's clerk nor the office's."""
    return actor.role is Role.DIRECTOR


def _changed_counting(petition: Petition, data: PetitionData) -> list[str]:
    columns = _columns(data)
    return [name for name in COUNTING if columns[name] != getattr(petition, name)]


def _may_change(actor: Actor, petition: Petition, version: int) -> None:
    if petition.version != version:
        raise StaleVersion
    if petition.is_void:
        raise RuleViolation("这件信访事项已作废，不能再改。")
    if not may_change(actor, petition):
        raise RuleViolation("这件信访事项由别的单位登记，只能由登记单位更正或作废。")


def _first_stage(unit: Unit, actor: Actor, data: PetitionData) -> dict[str, Any]:
    if is_bureau(unit):
        return {"stage": Stage.PENDING.value, "handler_id": actor.person_id}
    return {
        "stage": Stage.RECEIVED.value,
        "handler_id": actor.person_id,
        "dispatch_kind": DispatchKind.DIRECT.value,
        "responsible_unit_id": unit.id,
        "unit_received_on": data.received_on,
    }


def _responsible(petition: Petition) -> PetitionUnit:
    return PetitionUnit(
        petition_id=petition.id,
        unit_id=petition.responsible_unit_id,
        part=UnitPart.RESPONSIBLE.value,
        since=petition.received_on,
    )


def _own_unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        return load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能为本单位及下级单位登记。", "unit") from None


def _check(
    session: Session,
    actor: Actor,
    data: PetitionData,
    today: date,
    unit: Unit,
    petition: Petition | None = None,
) -> None:
    category = session.get(Category, data.category_id)
    values = PetitionValues(
        registered_on=data.registered_on,
        received_on=data.received_on,
        persons=data.persons,
        item_kind=data.item_kind,
        category=category.code if category else None,
        purpose=data.purpose,
        title=data.title,
        content=data.content,
        anonymous=data.anonymous,
        postmarked_on=data.postmarked_on,
        happened_on=data.happened_on,
        representatives=data.representatives,
        involved_persons=data.involved_persons,
        names=names_in(data.contacts, petition.contacts if petition is not None else ()),
    )
    problems = check_petition(values, today)
    problems += _link_problems(session, actor, data, petition)
    problems += _accused_problems(session, data, _having_it(unit, petition))
    if petition is not None:
        problems += _received_problems(data, petition)
        problems += _purpose_problems(data, petition)
        problems += check_stays_sealed(petition.sealed, data.purpose)
    if problems:
        raise RuleViolations(problems)


def _having_it(unit: Unit, petition: Petition | None) -> list[Unit]:
    """Every unit that has a part in it; a 信访部门 that registers only sends on."""
    if petition is None:
        return [] if is_bureau(unit) else [unit]
    return [part.unit for part in petition.parts if part.until is None]


def _accused_problems(session: Session, data: PetitionData, units: list[Unit]) -> list[RuleViolation]:
    """An accusation is not left where it accuses (第三十条第三款)."""
    accused = accused_of(session, data, data.received_on).paths
    field = "accused_unit" if data.accused_unit_id or data.accused_text else "accused_person"
    for unit in units:
        try:
            check_target(data.purpose, accused, unit.path, field)
        except RuleViolation as violation:
            return [violation]
    return []


def _received_problems(data: PetitionData, petition: Petition) -> list[RuleViolation]:
    """收到 comes before whatever was done since."""
    done = [petition.dispatched_on, petition.notified_on]
    if petition.dispatch_kind != DispatchKind.DIRECT:
        done.append(petition.unit_received_on)
    first = min((day for day in done if day is not None), default=None)
    if first is None or data.received_on <= first:
        return []
    return [RuleViolation(f"收到日期 {data.received_on} 晚于已经办理的 {first}。", "received_on")]


def _purpose_problems(data: PetitionData, petition: Petition) -> list[RuleViolation]:
    """What is taken on already keeps a purpose that fits how it is handled. An accusation may always be sealed."""
    if petition.handling_class is None or data.purpose == petition.purpose or is_sealed(data.purpose):
        return []
    try:
        check_handling_class(data.purpose, HandlingClass(petition.handling_class), "purpose")
    except RuleViolation as violation:
        return [violation]
    return []


def _link_problems(
    session: Session, actor: Actor, data: PetitionData, petition: Petition | None
) -> list[RuleViolation]:
    found = []
    if data.external_number:
        same = session.query(Petition).filter_by(external_number=data.external_number, voided_at=None).first()
        if same is not None and (petition is None or same.id != petition.id):
            seen = same.id in visible_among(session, actor, {same.id})
            words = f"省系统编号已登记在 {same.number}，不能重复登记。" if seen else ALREADY_SOMEWHERE
            found.append(RuleViolation(words, "external_number"))
    if data.earlier_id is not None and petition is not None and data.earlier_id == petition.id:
        found.append(RuleViolation("不能关联到自己。", "earlier"))
    return found


def _columns(data: PetitionData) -> dict[str, Any]:
    columns = {name: value for name, value in asdict(data).items() if name != "contacts"}
    for name in _WORDS:
        columns[name] = columns[name].value
    columns["representatives"] = data.representatives or default_representatives(data.persons)
    columns["sealed"] = is_sealed(data.purpose)
    for name in ("title", "content", "request"):
        columns[name] = columns[name].strip()
    return columns
