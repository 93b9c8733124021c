"""What a published roster of leaders' reception days writes into the public 接访安排, and takes back again.

The roster says who receives on which day; the schedule of that day follows it, so that the notice, the register and the
figures go on from there. A day that was held already is never touched.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from actions.leader_schedule import ROSTER_MARK, ScheduledData, schedule_day, void_scheduled
from models.leader_schedule import LeaderSchedule
from models.organisation import Unit
from models.roster import Duty, Roster, RosterEdition, RosterMember, RosterScheme
from queries.leader_schedule import reception_of
from queries.rosters import edition_rows
from rules.roles import Actor
from rules.roster_words import RosterKind
from rules.taxonomy import LeaderReceptionMode

_Key = tuple[date, str]
_Row = TypeVar("_Row", Duty, LeaderSchedule)
_Wanted = dict[_Key, Duty]
_Present = dict[_Key, LeaderSchedule]


@dataclass
class WrittenDays:
    """“8月8日 韩副县长” for each day that was added, called off, was there already, or could not be moved."""

    added: list[str] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def in_words(self) -> str:
        parts = [
            f"{word} {len(days)} 次"
            for word, days in (("新增", self.added), ("作废", self.voided), ("原已安排", self.kept))
            if days
        ]
        said = f"接访安排：{'，'.join(parts)}。" if parts else "接访安排没有变动。"
        return said + (f"已登记接访、没有改动的：{'、'.join(self.held)}。" if self.held else "")


def write_days(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    roster: Roster,
    days: Collection[date] | None = None,
) -> WrittenDays | None:
    """The schedule of days from today on made to say what the roster says now; None for other kinds of rosters.

    Whoever moves a duty of a published roster calls this after it with its `days`: what was arranged otherwise on another
    day since then is not forced back.
    """
    if RosterKind(roster.scheme.kind) is not RosterKind.LEADER_DAYS or not roster.is_published:
        return None
    session.flush()
    wanted = _of_days(_wanted(session, roster), today, days)
    written = WrittenDays()
    present = _of_days(_present(session, roster), today, days)
    ours = _ours(session, roster, present)
    for key in sorted(ours - wanted.keys()):
        _call_off(session, actor, now, present[key], f"{roster.scheme.name}改由他人接访", written)
    for key in sorted(wanted.keys() & present.keys()):
        written.kept.append(_words(*key))
    details = _details(session, roster)
    for key in sorted(wanted.keys() - present.keys()):
        row = schedule_day(
            session, actor=_within(actor, roster.unit), now=now, today=today,
            data=_scheduled(roster.scheme, roster.unit, wanted[key], details),
        )  # fmt: skip
        row.external_number = _mark(roster)
        written.added.append(_words(*key))
    return written


def _of_days(found: dict[_Key, _Row], today: date, days: Collection[date] | None) -> dict[_Key, _Row]:
    return {key: row for key, row in found.items() if key[0] >= today and (days is None or key[0] in days)}


def take_back_days(
    session: Session, *, actor: Actor, now: datetime, since: date, roster: Roster, reason: str
) -> None:
    """A roster called off: its days from a day on are called off too."""
    if RosterKind(roster.scheme.kind) is not RosterKind.LEADER_DAYS:
        return
    present = _present(session, roster)
    for key in sorted(_ours(session, roster, present)):
        if present[key].day >= since:
            _call_off(session, actor, now, present[key], reason, WrittenDays())


def _wanted(session: Session, roster: Roster) -> _Wanted:
    statement = (
        select(Duty)
        .where(Duty.roster_id == roster.id, Duty.person_id.is_not(None))
        .options(joinedload(Duty.person), joinedload(Duty.post))
        .order_by(Duty.day, Duty.post_id, Duty.seat)
        .execution_options(populate_existing=True)
    )
    return {(duty.day, duty.person.name): duty for duty in session.scalars(statement) if duty.person}


def _present(session: Session, roster: Roster) -> _Present:
    statement = select(LeaderSchedule).where(
        LeaderSchedule.voided_at.is_(None),
        LeaderSchedule.unit_id == roster.unit_id,
        LeaderSchedule.day.between(roster.first_day, roster.last_day),
    )
    return {(row.day, row.leader_name): row for row in session.scalars(statement)}


def _ours(session: Session, roster: Roster, present: _Present) -> set[tuple[date, str]]:
    """Days that this roster wrote, or that one of its editions named where they were planned by hand before."""
    marked = {key for key, row in present.items() if row.external_number == _mark(roster)}
    return marked | (_once_published(session, roster) & present.keys())


def _once_published(session: Session, roster: Roster) -> set[tuple[date, str]]:
    editions = session.scalars(select(RosterEdition).where(RosterEdition.roster_id == roster.id))
    found = {
        (date.fromisoformat(day), name)
        for edition in editions
        for (day, _post, _seat), (_person, name) in edition_rows(edition).items()
        if name
    }
    return found


def _mark(roster: Roster) -> str:
    """What a day of the schedule carries that this roster wrote."""
    return f"{ROSTER_MARK}{roster.id}"


def _call_off(
    session: Session, actor: Actor, now: datetime, row: LeaderSchedule, reason: str, written: WrittenDays
) -> None:
    if reception_of(session, actor, row) is not None:
        written.held.append(_words(row.day, row.leader_name))
        return
    void_scheduled(
        session, actor=actor, now=now, row=row, version=row.version, reason=reason[:200], by_roster=True
    )
    written.voided.append(_words(row.day, row.leader_name))


def _details(session: Session, roster: Roster) -> dict[int, str]:
    """分管工作 by person."""
    rows = session.execute(
        select(RosterMember.person_id, RosterMember.field).where(RosterMember.scheme_id == roster.scheme_id)
    )
    return {person_id: text for person_id, text in rows}


def _scheduled(scheme: RosterScheme, unit: Unit, duty: Duty, fields: dict[int, str]) -> ScheduledData:
    starts, ends = _hours(duty.post.starts_at, duty.post.ends_at)
    return ScheduledData(
        unit_id=unit.id,
        day=duty.day,
        leader_name=duty.person.name if duty.person else "",
        mode=LeaderReceptionMode.FIXED,
        starts_at=starts,
        ends_at=ends,
        portfolio=fields.get(duty.person_id or 0, ""),
        place=scheme.place,
        telephone=scheme.telephone or unit.telephone,
    )


def _hours(starts: time, ends: time) -> Sequence[time | None]:
    return (starts, ends) if ends > starts else (starts, None)


def _within(actor: Actor, unit: Unit) -> Actor:
    """The command line sees no unit, and writes for the unit of the roster."""
    if actor.scope_path:
        return actor
    return replace(actor, scope_path=unit.path, unit_path=unit.path)


def _words(day: date, name: str) -> str:
    return f"{day.month}月{day.day}日 {name}"
