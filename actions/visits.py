"""Registering, correcting, voiding and completing visits (来访登记)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.contacts import ContactData, add_contacts, names_in, replace_contacts
from actions.drafts import drop_draft
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from actions.visit_search import index_again, index_visit
from models.base import new_uid
from models.category import Category
from models.contact_columns import opened_id_number, opened_telephone
from models.organisation import Unit
from models.visit import Visit
from queries.accused import accused_of
from queries.office_rules import GROUP_VISIT_PERSONS, rule_on
from queries.paper_pages import page_numbered
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.numbering import RecordKind
from rules.roles import Actor
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from rules.visit_rules import (
    VisitValues,
    check_visit,
    default_representatives,
    reaches_the_accused,
)

DRAFT = "visit"


@dataclass(frozen=True)
class VisitData:
    """A visit as typed: shape checked, rules not yet asked."""

    unit_id: int
    visit_date: date
    reception_type: ReceptionType
    persons: int
    visit_kind: VisitKind
    category_id: int
    purpose: Purpose
    content: str
    outcome: Outcome
    visit_time: time | None = None
    place: str = ""
    receptionist: str = ""
    representatives: int | None = None
    involved_persons: int | None = None
    location_unit_id: int | None = None
    accused_unit_id: int | None = None
    accused_text: str = ""
    accused_person_id: int | None = None
    reply: str = ""
    responsible_unit_id: int | None = None
    due_date: date | None = None
    confidential: bool = False
    anonymous: bool = False
    paper_page: str | None = None
    contacts: tuple[ContactData | None, ...] = ()
    """In the order of the form; in a correction, None takes out the person who stood there."""


def register_visit(
    session: Session, *, actor: Actor, now: datetime, today: date, data: VisitData, submission_key: str = ""
) -> Visit:
    """One 批. Sent twice with one key it is made once. Raises RuleViolations, or RuleViolation on `unit`."""
    made = already_made(session, submission_key, actor, Visit)
    if made is not None:
        return session.get_one(Visit, made)
    unit = _own_unit(session, actor, data.unit_id)
    _check_paper_page(session, actor, data)
    _check(session, data, today)
    visit = Visit(
        **_columns(data),
        uid=new_uid(),
        number=take_number(session, unit, RecordKind.VISIT, data.visit_date.year),
        registered_at=now,
        registered_by_id=actor.person_id,
        handler_id=actor.person_id,
    )
    session.add(visit)
    session.flush()
    add_contacts(session, visit, "visit_id", data.contacts)
    index_visit(session, visit)
    drop_draft(session, account_id=actor.account_id, form=DRAFT)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="visit.register",
        subject=visit,
        label=visit.number,
        after=visit_values(visit),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=visit)
    return visit


def correct_visit(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    visit: Visit,
    data: VisitData,
    version: int,
    reason: str,
) -> Visit:
    """Replace what a visit says, with the reason. Raises StaleVersion, RuleViolation(s)."""
    _may_change(actor, visit, version)
    if data.unit_id != visit.unit_id:
        raise RuleViolation("登记单位不能更改；登记错了请作废后重新登记。", "unit")
    if data.paper_page != visit.paper_page:
        _check_paper_page(session, actor, data)
    _check(session, data, today, visit)
    opens = visit.sealed and data.purpose is not Purpose.ACCUSATION
    if opens and not actor.may_unseal:
        raise RuleViolation(
            "检举控告改成别的信访目的就不再密封，由指定阅读密封材料的人员或者县信访局负责人更正。", "purpose"
        )
    before = visit_values(visit)
    for name, value in _columns(data).items():
        setattr(visit, name, value)
    visit.version += 1
    replace_contacts(session, visit, "visit_id", data.contacts)
    session.flush()
    after = visit_values(visit)
    if after == before:
        raise RuleViolation("没有改动任何内容。")
    index_again(session, visit)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="visit.unseal" if opens else "visit.correct",
        subject=visit,
        label=visit.number,
        before=before,
        after=after,
        reason=reason,
    )
    return visit


def void_visit(
    session: Session, *, actor: Actor, now: datetime, visit: Visit, version: int, reason: str
) -> None:
    """It stays, with its number, and counts nowhere."""
    _may_change(actor, visit, version)
    make_void(session, actor=actor, now=now, row=visit, action="visit.void", reason=reason)


def complete_visit(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    visit: Visit,
    version: int,
    on: date,
    completion: str,
) -> None:
    """What came of a matter with a due date. By the registering or the responsible unit."""
    if visit.is_void or visit.version != version:
        raise StaleVersion if visit.version != version else RuleViolation("这条登记已作废。")
    if not visit.visit_date <= on <= today:
        raise RuleViolation("办结日期应在来访日期之后，且不晚于今天。", "completed_on")
    before = {"completed_on": _text(visit.completed_on), "completion": visit.completion}
    visit.completed_on, visit.completion = on, completion
    visit.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action="visit.complete",
        subject=visit,
        label=visit.number,
        before=before,
        after={"completed_on": on.isoformat(), "completion": completion},
    )


def visit_values(visit: Visit) -> audit.Values:
    """Columns and contacts as they stand in version rows (encrypted there)."""
    contacts = [
        {
            "name": c.name,
            "address": c.address,
            "id_number": opened_id_number(c),
            "telephone": opened_telephone(c),
        }
        for c in visit.contacts
    ]
    return audit.values_of(visit, contacts=contacts)


def _own_unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        return load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能为本单位及下级单位登记。", "unit") from None


def _check_paper_page(session: Session, actor: Actor, data: VisitData) -> None:
    """The page stands in a hidden field: only one that was printed for a unit in scope is believed."""
    if data.paper_page is not None and page_numbered(session, actor, data.paper_page) is None:
        raise RuleViolation(f"没有编号为 {data.paper_page[:40]} 的登记簿页，或不归您单位使用。")


def _check(session: Session, data: VisitData, today: date, visit: Visit | None = None) -> None:
    names = names_in(data.contacts, visit.contacts if visit is not None else ())
    category = session.get(Category, data.category_id)
    values = VisitValues(
        visit_date=data.visit_date,
        persons=data.persons,
        visit_kind=data.visit_kind,
        category=category.code if category else None,
        purpose=data.purpose,
        content=data.content,
        outcome=data.outcome,
        representatives=data.representatives,
        involved_persons=data.involved_persons,
        responsible_unit=data.responsible_unit_id,
        due_date=data.due_date,
        names=names,
    )
    problems = check_visit(values, today, rule_on(session, GROUP_VISIT_PERSONS, data.visit_date))
    accused = accused_of(session, data, data.visit_date).paths
    if refusal := reaches_the_accused(data.purpose, accused, _path(session, data.responsible_unit_id)):
        problems.append(refusal)
    if not data.anonymous and not names:
        problems.append(RuleViolation("请填写来访人姓名；不愿留名的请勾选“匿名”。", "name_1"))
    if problems:
        raise RuleViolations(problems)


def _path(session: Session, unit_id: int | None) -> str | None:
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    return unit.path or None if unit else None


def _columns(data: VisitData) -> dict[str, Any]:
    columns = {name: value for name, value in asdict(data).items() if name != "contacts"}
    for name in ("reception_type", "visit_kind", "purpose", "outcome"):
        columns[name] = columns[name].value
    columns["representatives"] = data.representatives or default_representatives(data.persons)
    columns["sealed"] = data.purpose is Purpose.ACCUSATION
    return columns


def may_change(actor: Actor, visit: Visit) -> bool:
    """Corrections and voids belong to the registering unit and the offices above it."""
    return not visit.is_void and (actor.sees_county or _registered_below(actor, visit))


def _may_change(actor: Actor, visit: Visit, version: int) -> None:
    if visit.version != version:
        raise StaleVersion
    if visit.is_void:
        raise RuleViolation("这条登记已作废，不能再改。")
    if not actor.sees_county and not _registered_below(actor, visit):
        raise RuleViolation("这条登记由别的单位登记，只能由登记单位更正或作废。")


def _registered_below(actor: Actor, visit: Visit) -> bool:
    return visit.unit.path.startswith(actor.scope_path)


def _text(value: date | None) -> str | None:
    return value.isoformat() if value else None
