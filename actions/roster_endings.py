"""值班表: calling one off that nobody has served yet, or letting one that runs end today. What was served stays."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from actions import audit
from actions.duty_swaps import drop_overtaken
from actions.ending import make_void
from actions.roster_leader_days import take_back_days
from actions.rosters import add_edition, label_of, require_live
from models.base import new_uid
from models.roster import Duty, Roster
from queries.roster_rows import duties_of
from rules.errors import RuleViolation
from rules.roles import Actor


def void_roster(
    session: Session, *, actor: Actor, now: datetime, today: date, roster: Roster, version: int, reason: str
) -> None:
    """A draft withdrawn, a published roster called off: it stays with the reason, its days are free again.

    Raises StaleVersion, RuleViolation where a published duty has begun: who stood there would be lost to every reader.
    """
    require_live(roster, version)
    duties = duties_of(session, roster.id)
    if roster.is_published and has_begun([duty.starts_at for duty in duties], now):
        raise RuleViolation("已经有人值过班，不能作废；后面的日子要重排，请用“截至今天”。")
    make_void(
        session, actor=actor, now=now, row=roster, action="roster.void", reason=reason, label=label_of(roster)
    )
    if roster.is_published:
        take_back_days(session, actor=actor, now=now, since=today, roster=roster, reason=reason)
        drop_overtaken(session, actor=actor, now=now, duty_ids=[duty.id for duty in duties])


def end_roster(
    session: Session, *, actor: Actor, now: datetime, today: date, roster: Roster, version: int, reason: str
) -> int:
    """A published roster that goes no further than today: a new edition of what stays. Gives how many duties fell away.

    These are kept with the reason, as a void roster of their own. Raises StaleVersion, RuleViolation.
    """
    require_live(roster, version)
    if not roster.is_published or roster.last_day <= today:
        raise RuleViolation(f"班表排到 {roster.last_day}，没有要截掉的日子。")
    duties = duties_of(session, roster.id)
    if not has_begun([duty.starts_at for duty in duties], now):
        raise RuleViolation("还没有人值过班，请直接作废。")
    later = [duty for duty in duties if duty.day > today]
    take_back_days(
        session, actor=actor, now=now, since=today + timedelta(days=1), roster=roster, reason=reason
    )
    _call_off(session, actor, now, _rest_of(roster, today), later, reason)
    _shorten(session, actor, now, roster, today, reason)
    drop_overtaken(session, actor=actor, now=now, duty_ids=[duty.id for duty in later])
    return len(later)


def has_begun(beginnings: Sequence[datetime], now: datetime) -> bool:
    return any(begins <= now for begins in beginnings)


def _rest_of(roster: Roster, today: date) -> Roster:
    """Its version goes on from the roster's, so that calendars take its duties as called off."""
    return Roster(
        uid=new_uid(), scheme_id=roster.scheme_id, unit_id=roster.unit_id, first_day=today + timedelta(days=1),
        last_day=roster.last_day, planned_at=roster.planned_at, planned_by_id=roster.planned_by_id,
        edition=roster.edition, published_at=roster.published_at, version=roster.version,
    )  # fmt: skip


def _call_off(
    session: Session, actor: Actor, now: datetime, rest: Roster, duties: Sequence[Duty], reason: str
) -> None:
    session.add(rest)
    session.flush()
    for duty in duties:
        duty.roster_id = rest.id
        duty.version += 1
    make_void(
        session, actor=actor, now=now, row=rest, action="roster.void", reason=reason, label=label_of(rest)
    )
    session.flush()
    for duty in duties:
        session.expire(duty, ["roster"])


def _shorten(session: Session, actor: Actor, now: datetime, roster: Roster, today: date, reason: str) -> None:
    before = {"last_day": roster.last_day.isoformat(), "edition": roster.edition}
    roster.last_day, roster.proven = today, False
    session.expire(roster, ["duties"])
    add_edition(session, actor, now, roster)
    after = {"last_day": today.isoformat(), "edition": roster.edition}
    audit.record(
        session, actor=actor, now=now, action="roster.end", subject=roster, label=label_of(roster),
        before=before, after=after, reason=reason,
    )  # fmt: skip
