"""What a lead assignment's page and its actions ask before a step: where it stands, and in which capacities one acts."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from models.lead_assignment import LeadAssignment, LeadStep
from models.organisation import Unit
from models.staff import Account, Posting
from rules.errors import NotVisible
from rules.lead_rules import names_evidence
from rules.lead_states import LeadBy, LeadPlaces, LeadStanding, LeadState, LeadVerb, lead_hands
from rules.roles import Actor
from rules.taxonomy import UnitCategory


def steps_of_lead(session: Session, row: LeadAssignment) -> list[LeadStep]:
    """In the order in which they were entered, with who entered them; one statement."""
    statement = (
        select(LeadStep)
        .where(LeadStep.assignment_id == row.id)
        .options(joinedload(LeadStep.recorded_by), joinedload(LeadStep.unit))
        .order_by(LeadStep.id)
    )
    return list(session.scalars(statement))


def live_steps(steps: list[LeadStep]) -> list[LeadStep]:
    return [step for step in steps if step.undone_at is None]


def extension_asked(steps: list[LeadStep]) -> LeadStep | None:
    """The request that waits for a decision."""
    return next((s for s in reversed(live_steps(steps)) if s.waits_for == LeadVerb.GRANT), None)


def last_judged(steps: list[LeadStep]) -> LeadStep | None:
    """The latest step that sent the result back or decided on an extension."""
    judging = (LeadVerb.RETURN, LeadVerb.GRANT, LeadVerb.REFUSE)
    return next((s for s in reversed(live_steps(steps)) if s.verb in judging), None)


SETTLING = (LeadVerb.RETURN, LeadVerb.SUBMIT, LeadVerb.END)
"""What is heard of a result last."""


def lead_sent_back(steps: list[LeadStep]) -> LeadStep | None:
    """The 退回 of the result that was not reported again yet."""
    last = next((s for s in reversed(live_steps(steps)) if s.verb in SETTLING), None)
    return last if last is not None and last.verb == LeadVerb.RETURN else None


def is_evidence_named(steps: list[LeadStep]) -> bool:
    """Whether the result that stands says where its evidence is kept."""
    last = next((s for s in reversed(live_steps(steps)) if s.verb == LeadVerb.SUBMIT), None)
    return last is not None and names_evidence(last.text)


def require_lead_step(session: Session, row: LeadAssignment, step_id: int) -> None:
    """Raises NotVisible where the assignment has no such step."""
    if session.scalar(select(LeadStep.assignment_id).where(LeadStep.id == step_id)) != row.id:
        raise NotVisible("lead_step")


def serves_county(session: Session, person_id: int | None, post: str, day: date) -> bool:
    """Whether a leader serves in 县委县政府 on a day, by a posting or by an account that is open; of whom only name and post
    are known, whether somebody of 县委县政府 has that post. One statement."""
    posted = select(Posting.unit_id).where(
        Posting.person_id == person_id, or_(Posting.to_date.is_(None), Posting.to_date >= day)
    )
    signing_in = select(Account.unit_id).where(Account.person_id == person_id, Account.disabled_at.is_(None))
    same_post = select(Posting.unit_id).where(
        _is_among(Posting.post, literal(post)), or_(Posting.to_date.is_(None), Posting.to_date >= day)
    )
    ways = (Unit.id.in_(posted), Unit.id.in_(signing_in)) if person_id else (Unit.id.in_(same_post),)
    county = select(Unit.id).where(Unit.category == UnitCategory.COUNTY_COMMITTEE.value, or_(*ways))
    return session.scalar(county.limit(1)) is not None


def _is_among(post: Any, posts: Any) -> ColumnElement[bool]:
    """Whether a post is one of those that are written with 、 between them: 县委常委、副县长."""
    return and_(post != "", (literal("、") + posts + "、").contains("、" + post + "、"))


def is_led_by_county() -> ColumnElement[bool]:
    """Condition on LeadAssignment: `serves_county` of its leader on the day of the proposal."""
    L, in_county = LeadAssignment, Unit.category == UnitCategory.COUNTY_COMMITTEE.value
    since = or_(Posting.to_date.is_(None), Posting.to_date >= L.proposed_on)
    posted = exists().where(Posting.person_id == L.leader_id, since, Posting.unit_id == Unit.id, in_county)
    signing_in = exists().where(
        Account.person_id == L.leader_id, Account.disabled_at.is_(None), Account.unit_id == Unit.id, in_county
    )
    same_post = exists().where(
        L.leader_id.is_(None),
        since,
        _is_among(Posting.post, L.leader_post),
        Posting.unit_id == Unit.id,
        in_county,
    )
    return or_(posted, signing_in, same_post)


def lead_standing(session: Session, row: LeadAssignment, steps: list[LeadStep]) -> LeadStanding:
    return LeadStanding(
        state=LeadState(row.state),
        is_void=row.is_void,
        is_accepted=row.accepted_on is not None,
        asks_extension=extension_asked(steps) is not None,
        led_by_county=serves_county(session, row.leader_id, row.leader_post, row.proposed_on),
    )


def hands_to_lead(actor: Actor, row: LeadAssignment) -> frozenset[LeadBy]:
    places = LeadPlaces(
        unit_path=row.unit.path,
        responsible_unit_id=row.responsible_unit_id,
        responsible_path=row.responsible_unit.path,
        leader_id=row.leader_id,
        submitted_by_id=row.submitted_by_id,
    )
    return lead_hands(
        actor.role,
        person_id=actor.person_id,
        unit_id=actor.unit_id,
        scope_path=actor.scope_path,
        places=places,
    )
