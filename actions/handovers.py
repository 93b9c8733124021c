"""交接班: made from what is open, signed by who leaves, then by who comes. Signed by both, it never changes again.

Passwords are compared before (`web.credentials`), outside any transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from models.base import new_uid
from models.duty_desk import DeskEntry, DeskHandover, DeskHandoverMatter
from models.organisation import Unit
from queries.desk_scope import own_desk
from queries.handovers import hours_of
from queries.shift_people import coming, leaving
from rules.desk_shifts import shift_to_hand_over
from rules.errors import RuleViolation, RuleViolations
from rules.handover_rules import check_handover, check_rostered
from rules.office_time import OFFICE_OFFSET
from rules.roles import Actor, Permission
from rules.secrecy import refuse_secrecy_marks

TOLD_AT_FIELD = "username"


def sign_off(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    shift_ends_at: datetime,
    version: int,
    matter_notes: Mapping[int, str],
    articles: str,
    notes: str,
    reason: str = "",
) -> DeskHandover:
    """交班: `matter_notes` explain every line that is open now, by its id. Until the other has signed it may be made
    anew, by who saw the `version` that stands (0: none yet). Raises RuleViolation(s): on `note-<id>` where a line has
    no explanation, on `reason` where somebody signs who is not on the roster and does not say why."""
    row = _of_shift(session, own_desk(actor), shift_ends_at)
    if row is not None and row.on_signed_at is not None:
        raise RuleViolation("这一班已经交接完，不能再改。")
    if version != (row.version if row else 0):
        raise RuleViolation("这一班刚由同事交班签名。请看清最新内容；要由您重新交班的，再按一次“交班签名”。")
    lines = open_lines(session, own_desk(actor))
    said = {line.id: matter_notes.get(line.id, "").strip() for line in lines}
    problems = check_handover(said, articles, notes)
    if problems:
        raise RuleViolations(problems)
    rostered = leaving(session, session.get_one(Unit, own_desk(actor)), shift_ends_at)
    check_rostered(actor.person_id, rostered, reason)
    refuse_secrecy_marks(reason, "reason")
    before = audit.values_of(row) if row else None
    row = row or _new(session, actor, now, shift_ends_at)
    row.off_person_id, row.off_signed_at, row.made_at = actor.person_id or 0, now, now
    row.articles, row.notes = articles, notes
    row.off_reason = "" if actor.person_id in rostered or not rostered else reason.strip()
    _note_matters(session, row, lines, said)
    _audit(session, actor, now, row, "desk_handover.sign-off", before, said)
    return row


def sign_on(
    session: Session, *, actor: Actor, now: datetime, row: DeskHandover, version: int, reason: str = ""
) -> None:
    """接班, by another member of the same desk; `actor` is who signs, whoever is signed in. Raises RuleViolation, on
    TOLD_AT_FIELD where the account may not sign, on `reason` where he is not on the roster and does not say why."""
    require_ready(session, now=now, row=row, version=version)
    _require_signer(actor, row)
    rostered = coming(session, row.unit, row.shift_ends_at)
    check_rostered(actor.person_id, rostered, reason)
    refuse_secrecy_marks(reason, "reason")
    row_reason = "" if actor.person_id in rostered or not rostered else reason.strip()
    before = audit.values_of(row)
    row.on_person_id, row.on_signed_at, row.on_reason = actor.person_id, now, row_reason
    _audit(session, actor, now, row, "desk_handover.sign-on", before, {})


def require_ready(session: Session, *, now: datetime, row: DeskHandover, version: int) -> None:
    """Whether anybody could sign on now; asked before a password, it tells nothing of one. Raises RuleViolation."""
    if row.on_signed_at is not None:
        raise RuleViolation("这一班已经有人接班签名，不用再签。")
    if row.off_signed_at is None or row.version != version:
        raise RuleViolation("交班人刚重新整理过，请看清最新内容后再签名。")
    if unsigned_lines(session, row, now):
        raise RuleViolation("交班签名以后又有新的未办结事项，请交班人重新整理、签名。")


def _require_signer(actor: Actor, row: DeskHandover) -> None:
    if actor.unit_id != row.unit_id or not actor.may(Permission.DUTY_LOG):
        raise RuleViolation("这个账号不是本值班室的工作人员，不能接班签名。", TOLD_AT_FIELD)
    if actor.must_change_password:
        raise RuleViolation("这个账号还在用一次性口令，请先登录改好口令再来签名。", TOLD_AT_FIELD)
    if actor.person_id == row.off_person_id:
        raise RuleViolation("交班人和接班人不能是同一个人。", TOLD_AT_FIELD)


def open_lines(session: Session, unit_id: int) -> list[DeskEntry]:
    """What is not finished at a desk, in order."""
    statement = select(DeskEntry).where(
        DeskEntry.unit_id == unit_id, DeskEntry.voided_at.is_(None), DeskEntry.done_at.is_(None)
    )
    return list(session.scalars(statement.order_by(DeskEntry.happened_at, DeskEntry.id)))


def unsigned_lines(session: Session, row: DeskHandover, now: datetime) -> list[DeskEntry]:
    """Open lines of which the one who leaves said nothing, as long as the hand-over may be made anew: later ones belong
    to the next."""
    if shift_to_hand_over(now, hours_of(session, row.unit_id)) != row.shift_ends_at:
        return []
    said = {matter.entry_id for matter in row.matters}
    return [line for line in open_lines(session, row.unit_id) if line.id not in said]


def _of_shift(session: Session, unit_id: int, shift_ends_at: datetime) -> DeskHandover | None:
    return session.scalar(
        select(DeskHandover).where(
            DeskHandover.unit_id == unit_id, DeskHandover.shift_ends_at == shift_ends_at
        )
    )


def _new(session: Session, actor: Actor, now: datetime, shift_ends_at: datetime) -> DeskHandover:
    row = DeskHandover(
        uid=new_uid(),
        unit_id=own_desk(actor),
        shift_ends_at=shift_ends_at,
        made_at=now,
        off_person_id=actor.person_id or 0,
        version=0,
    )
    session.add(row)
    return row


def _note_matters(
    session: Session, row: DeskHandover, lines: Sequence[DeskEntry], said: Mapping[int, str]
) -> None:
    """Lines that were finished since the first making stay listed, as they were and with what was said of them then."""
    session.flush()
    known = {m.entry_id: m for m in row.matters}
    for position, line in enumerate((one for one in lines if one.id not in known), len(known) + 1):
        known[line.id] = DeskHandoverMatter(handover_id=row.id, entry_id=line.id, position=position)
        session.add(known[line.id])
    for line in lines:
        matter = known[line.id]
        matter.number, matter.happened_at, matter.kind = line.number, line.happened_at, line.kind
        matter.content, matter.due_at, matter.note = line.content, line.due_at, said[line.id]


def _audit(
    session: Session,
    actor: Actor,
    now: datetime,
    row: DeskHandover,
    action: str,
    before: audit.Values | None,
    said: Mapping[int, str],
) -> None:
    row.version += 1
    session.flush()
    session.expire(row, ["matters"])
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=f"{row.shift_ends_at + OFFICE_OFFSET:%Y-%m-%d %H:%M}",
        before=before,
        after=audit.values_of(
            row, **({"matters": [f"{i}：{note}" for i, note in said.items()]} if said else {})
        ),
    )
