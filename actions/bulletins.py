"""A bulletin's life up to its issue, and after it: draft, submit, send back, give up, withdraw, read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.bulletin_search import index_bulletin
from actions.ending import make_void
from actions.once import already_made, note_made
from models.bulletin import Bulletin, BulletinRecipient
from models.organisation import Unit
from queries.scope import visible_units
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import (
    BulletinState,
    may_draft_for,
    may_issue_for,
    require_begun,
    require_period,
)
from rules.bulletin_texts import require_printed_texts
from rules.errors import NotVisible, RuleViolation, StaleVersion
from rules.periods import Period
from rules.roles import Actor

FORMATS = {"document": "文件式", "letter": "信函式", "notice": "公示（张贴）"}
URGENCIES = ("", "加急", "特急")


@dataclass(frozen=True)
class BulletinData:
    """What an author decides. `recipients` are ids of units in the author's scope or above it."""

    kind: BulletinKind
    period: Period
    subject_unit_id: int
    title: str
    source: str
    addressees: str = ""
    copies_to: str = ""
    format: str = "document"
    urgency: str = ""
    note: str = ""
    recipients: frozenset[int] = frozenset()
    corrects_id: int | None = None


def draft_bulletin(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: BulletinData,
    submission_key: str = "",
) -> Bulletin:
    """A draft of the actor's own office. Raises RuleViolation(s) at the fields of `BulletinData`."""
    made = already_made(session, submission_key, actor, Bulletin)
    if made is not None:
        return session.get_one(Bulletin, made)
    if not may_draft_for(actor, actor.unit_id or 0):
        raise NotVisible("bulletin")
    _check(session, actor, data)
    require_begun(data.kind, data.period, today)
    row = Bulletin(
        unit_id=actor.unit_id,
        state=BulletinState.DRAFT.value,
        drafted_at=now,
        drafted_by_id=actor.person_id,
        listed_on=today,
        corrects_id=data.corrects_id,
        **_columns(data),
    )
    session.add(row)
    session.flush()
    _set_recipients(session, row, data.recipients)
    index_bulletin(session, row)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="bulletin.draft",
        subject=row,
        label=row.title,
        after=_values(row),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def save_bulletin(
    session: Session, *, actor: Actor, now: datetime, row: Bulletin, version: int, data: BulletinData
) -> None:
    """A draft as its author now wants it; what was submitted must be sent back first."""
    _require_draft(actor, row, version)
    _check(session, actor, data)
    before = _values(row)
    for name, value in _columns(data).items():
        setattr(row, name, value)
    row.version += 1
    _set_recipients(session, row, data.recipients)
    index_bulletin(session, row)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="bulletin.save",
        subject=row,
        label=row.title,
        before=before,
        after=_values(row),
    )


def submit_bulletin(session: Session, *, actor: Actor, now: datetime, row: Bulletin, version: int) -> None:
    """To the director or supervisor. That the text can be written was asked before."""
    _require_draft(actor, row, version)
    row.submitted_at, row.submitted_by_id, row.returned_reason = now, actor.person_id, ""
    _move(session, actor, now, row, BulletinState.SUBMITTED, "bulletin.submit")


def return_bulletin(
    session: Session, *, actor: Actor, now: datetime, row: Bulletin, version: int, reason: str
) -> None:
    """Back to its author, by who would issue it; the author may take it back himself."""
    own = may_issue_for(actor, row.unit_id, row.unit.category) or row.submitted_by_id == actor.person_id
    if row.is_void or row.state != BulletinState.SUBMITTED or not own:
        raise RuleViolation("这份通报不在待签发，不能退回。")
    _require_version(row, version)
    row.returned_reason = reason
    _move(session, actor, now, row, BulletinState.DRAFT, "bulletin.return", reason)


def void_bulletin(
    session: Session, *, actor: Actor, now: datetime, row: Bulletin, version: int, reason: str
) -> None:
    """Give up a draft. What was issued is withdrawn instead."""
    _require_draft(actor, row, version)
    make_void(session, actor=actor, now=now, row=row, action="bulletin.void", reason=reason, label=row.title)


def withdraw_bulletin(
    session: Session, *, actor: Actor, now: datetime, row: Bulletin, version: int, reason: str
) -> None:
    """It keeps its number and its content, and says everywhere that it no longer holds."""
    if (
        row.is_void
        or row.state != BulletinState.ISSUED
        or not may_issue_for(actor, row.unit_id, row.unit.category)
    ):
        raise RuleViolation("只有已印发的通报可以撤回，由签发单位负责人办理。")
    _require_version(row, version)
    row.withdrawn_at, row.withdrawn_by_id, row.withdraw_reason = now, actor.person_id, reason
    _move(session, actor, now, row, BulletinState.WITHDRAWN, "bulletin.withdraw", reason)


def note_read(session: Session, *, actor: Actor, now: datetime, row: Bulletin) -> bool:
    """The first time somebody of a unit opens what was sent to it. Returns whether this was it."""
    place = session.get(BulletinRecipient, (row.id, actor.unit_id or 0))
    if place is None or place.read_at is not None or not row.is_issued:
        return False
    place.read_at, place.read_by_id = now, actor.person_id
    audit.record(
        session,
        actor=actor,
        now=now,
        action="bulletin.read",
        subject=row,
        label=row.number or "",
    )
    return True


def _move(
    session: Session,
    actor: Actor,
    now: datetime,
    row: Bulletin,
    state: BulletinState,
    action: str,
    reason: str = "",
) -> None:
    before = row.state
    row.state, row.version = state.value, row.version + 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.number or row.title,
        reason=reason,
        before={"state": before},
        after={"state": row.state},
    )


def _require_draft(actor: Actor, row: Bulletin, version: int) -> None:
    if row.is_void or row.state != BulletinState.DRAFT:
        raise RuleViolation("只有起草中的通报可以这样办理；已提交的请先退回。")
    if not may_draft_for(actor, row.unit_id):
        raise RuleViolation("这份通报由发文单位自己办理。")
    _require_version(row, version)


def _require_version(row: Bulletin, version: int) -> None:
    if row.version != version:
        raise StaleVersion


def _check(session: Session, actor: Actor, data: BulletinData) -> None:
    require_printed_texts(
        title=data.title,
        addressees=data.addressees,
        copies_to=data.copies_to,
        note=data.note,
        source=data.source,
    )
    require_period(data.kind, data.period)
    if data.format not in FORMATS:
        raise RuleViolation("请选择公文格式。", "format")
    if data.urgency not in URGENCIES:
        raise RuleViolation("紧急程度只有加急、特急。", "urgency")
    subject = session.scalar(visible_units(actor).where(Unit.id == data.subject_unit_id))
    if subject is None:
        raise RuleViolation("请选择统计单位，只能是本单位或下级。", "subject_unit")
    _require_recipients(session, actor, data.recipients)


def _require_recipients(session: Session, actor: Actor, wanted: Iterable[int]) -> None:
    ids = set(wanted)
    known = set(session.scalars(visible_units(actor).with_only_columns(Unit.id).where(Unit.id.in_(ids))))
    if ids - known:
        raise RuleViolation("主送单位里有不在本单位范围内的，请重新选择。", "recipients")


def _columns(data: BulletinData) -> audit.Values:
    return {
        "kind": data.kind.value,
        "period": data.period.text,
        "period_start": data.period.start,
        "period_end": data.period.end,
        "subject_unit_id": data.subject_unit_id,
        "format": data.format,
        "title": data.title.strip(),
        "addressees": data.addressees.strip(),
        "source": data.source.replace("\r\n", "\n").rstrip(),
        "copies_to": data.copies_to.strip(),
        "urgency": data.urgency,
        "note": data.note.strip(),
    }


def _set_recipients(session: Session, row: Bulletin, wanted: frozenset[int]) -> None:
    statement = select(BulletinRecipient).where(BulletinRecipient.bulletin_id == row.id)
    present = {r.unit_id: r for r in session.scalars(statement)}
    for unit_id in present.keys() - wanted:
        session.delete(present[unit_id])
    session.add_all(BulletinRecipient(bulletin_id=row.id, unit_id=u) for u in wanted - present.keys())
    session.flush()
    session.expire(row, ["recipients"])


def _values(row: Bulletin) -> audit.Values:
    return audit.values_of(row, recipients=sorted(r.unit_id for r in row.recipients))
