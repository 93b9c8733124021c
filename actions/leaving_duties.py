"""A leaver's place in the rosters: swaps are withdrawn, duties to come go to others or stand empty, membership ends."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.duty_moves import give_to, label_of
from actions.duty_swaps import drop_overtaken, note_set, withdraw_swaps
from actions.roster_schemes import changed, values_of
from models.roster import Duty, RosterScheme
from queries.duty_standing import standing_of
from queries.leaving_duties import DutiesLeft, coming_duties, memberships_on, open_swaps_with
from queries.roster_rows import slot_of
from rules.duty_changes import hindrances
from rules.errors import RuleViolation
from rules.roles import Actor
from rules.roster_words import Assigned


def leave_duties(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    person_id: int,
    to: Mapping[int, int],
    reason: str,
) -> DutiesLeft:
    """`to`: duty → who stands there from now on; a duty that is not named is left empty, which its supervisor is told.

    Raises RuleViolation on `duty_12` where a rule forbids the person.
    """
    why = f"人员离岗：{reason}"[:200]
    swaps = open_swaps_with(session, person_id)
    withdraw_swaps(session, actor=actor, now=now, swaps=swaps, reason=why)
    duties = coming_duties(session, person_id, now)
    for duty in duties:
        _pass_on(session, actor, now, duty, to.get(duty.id), why)
    return DutiesLeft(
        duties=len(duties),
        memberships=_end_memberships(session, actor, now, today, person_id),
        swaps=len(swaps),
    )


def _pass_on(
    session: Session, actor: Actor, now: datetime, duty: Duty, person_id: int | None, reason: str
) -> None:
    before = duty.person_id
    if person_id is not None:
        _require_able(session, duty, person_id)
    give_to(
        session, actor=actor, now=now, duty=duty, person_id=person_id, how=Assigned.SET, reason=reason
    )  # fmt: skip
    if person_id is not None and before is not None:
        note_set(session, actor, now, duty, before, person_id, reason)
    drop_overtaken(session, actor=actor, now=now, duty_ids=[duty.id])


def _require_able(session: Session, duty: Duty, person_id: int) -> None:
    """Each is asked after the one before has moved: two nights running are seen."""
    field = f"duty_{duty.id}"
    if person_id == duty.person_id:
        raise RuleViolation("不能仍由离岗的人值。", field)
    found = hindrances(standing_of(session, [duty]).obstacles({slot_of(duty): person_id}))
    if found:
        raise RuleViolation(f"{label_of(duty)}不能这样安排：{''.join(c.text for c in found)}", field)


def _end_memberships(session: Session, actor: Actor, now: datetime, today: date, person_id: int) -> int:
    """They end with today and keep their row, so that what was served before stays in the accounts."""
    members = memberships_on(session, person_id, today)
    for member in members:
        scheme = session.get_one(RosterScheme, member.scheme_id)
        before = values_of(session, scheme)
        member.last_day = today
        session.flush()
        changed(session, actor, now, scheme, "roster-scheme.members", before)
    return len(members)
