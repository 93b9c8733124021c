"""What a petition's page and its actions ask before a step: where it stands, and in which capacities an actor acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.petition import (
    Petition,
    PetitionDelivery,
    PetitionReply,
    PetitionReview,
    PetitionStep,
)
from models.staff import Person
from rules.errors import NotVisible
from rules.office_time import day_of
from rules.petition_clocks import PetitionFacts, Return, ReviewFacts
from rules.petition_states import Hands, Stage, Standing, Verb, hands_of
from rules.petition_words import (
    SENDS_BACK,
    Acceptance,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ReviewKind,
    UnitPart,
    matter_class,
)
from rules.roles import Actor
from rules.taxonomy import Purpose, UnitCategory

SENDINGS = (Verb.FORWARD, Verb.ASSIGN, Verb.DECIDE_DISPUTE)
"""After each of these a unit has the matter anew."""


@dataclass(frozen=True)
class Surroundings:
    """The rows around a petition that its next step depends on; four statements."""

    steps: list[PetitionStep]
    replies: list[PetitionReply]
    reviews: list[PetitionReview]
    deliveries: list[PetitionDelivery]

    @property
    def live_steps(self) -> list[PetitionStep]:
        return [s for s in self.steps if s.undone_at is None]

    @property
    def waiting(self) -> list[PetitionStep]:
        return [s for s in self.live_steps if s.waits_for]

    @property
    def reply(self) -> PetitionReply | None:
        """The one in force: the latest that was not replaced."""
        return next((r for r in reversed(self.replies) if r.state != "replaced"), None)

    @property
    def asks_a_head(self) -> bool:
        """A reply or an extension waits for the unit's head."""
        submitted = self.reply is not None and self.reply.state == "submitted"
        return submitted or any(s.waits_for == Verb.DECIDE_EXTENSION for s in self.waiting)

    @property
    def live_reviews(self) -> list[PetitionReview]:
        """Those of the reply in force: what came before the matter was sent back is over."""
        live = [r for r in self.reviews if r.withdrawn_on is None]
        back = [place for place, r in enumerate(live, start=1) if r.opinion in SENDS_BACK]
        return live[back[-1] :] if back else live

    def last_day_of(self, *verbs: Verb) -> date | None:
        """The day of the latest of these steps; None where none was taken here, as for what was imported."""
        return next((s.happened_on for s in reversed(self.live_steps) if s.verb in verbs), None)

    @property
    def since_sent(self) -> list[PetitionStep]:
        """The steps taken since a unit has had the matter."""
        live = self.live_steps
        sent = [place for place, s in enumerate(live, start=1) if s.verb in SENDINGS]
        return live[sent[-1] :] if sent else live


def surroundings_of(session: Session, petition: Petition) -> Surroundings:
    return surroundings_of_many(session, [petition.id])[petition.id]


def surroundings_of_many(session: Session, petition_ids: Sequence[int]) -> dict[int, Surroundings]:
    """By petition; four statements for all of them."""
    found = {petition_id: Surroundings([], [], [], []) for petition_id in petition_ids}
    for model, name in _AROUND:
        statement = select(model).where(model.petition_id.in_(petition_ids)).order_by(model.id)
        for row in session.scalars(statement):
            getattr(found[row.petition_id], name).append(row)
    return found


def named_in(session: Session, around: Surroundings) -> list[Unit | Person]:
    """The units and people that the lines name, read at once; while the caller keeps them, no line asks for its own.
    Two statements."""
    rows = (*around.steps, *around.replies, *around.reviews)
    units = {getattr(row, name, None) for row in rows for name in ("unit_id", "to_unit_id")}
    people = {getattr(row, name, None) for row in rows for name in ("recorded_by_id", "approved_by_id")}
    return [
        *session.scalars(select(Unit).where(Unit.id.in_(units - {None}))),
        *session.scalars(select(Person).where(Person.id.in_(people - {None}))),
    ]


_AROUND: tuple[tuple[Any, str], ...] = (
    (PetitionStep, "steps"),
    (PetitionReply, "replies"),
    (PetitionReview, "reviews"),
    (PetitionDelivery, "deliveries"),
)


def require_step(session: Session, petition: Petition, step_id: int) -> None:
    """Raises NotVisible where the petition has no such step."""
    if session.scalar(select(PetitionStep.petition_id).where(PetitionStep.id == step_id)) != petition.id:
        raise NotVisible("step")


def standing_of(petition: Petition, around: Surroundings, *, has_head: bool = False) -> Standing:
    """`has_head` is asked (`queries.heads`) where something may be entered from paper."""
    reply = around.reply
    reviewed = [r for r in around.live_reviews if r.kind == ReviewKind.REVIEW and r.decided_on is not None]
    return Standing(
        stage=Stage(petition.stage),
        is_void=petition.is_void,
        handling_class=HandlingClass(petition.handling_class) if petition.handling_class else None,
        conclusion=Conclusion(petition.conclusion) if petition.conclusion else None,
        is_assigned=petition.dispatch_kind == DispatchKind.ASSIGN,
        is_direct=petition.dispatch_kind == DispatchKind.DIRECT,
        reply_state=reply.state if reply else "",
        waits_for=frozenset(Verb(s.waits_for) for s in around.waiting if s.waits_for),
        has_joint_units=any(p.part == UnitPart.JOINT and p.until is None for p in petition.parts),
        served_on=petition.served_on,
        reviewed=bool(reviewed),
        review_served=any(r.served_on is not None for r in reviewed),
        reported=petition.reported_on is not None,
        executed=petition.executed_on is not None,
        extended=petition.extension_days > 0,
        has_head=has_head,
    )


def hands_to(actor: Actor, petition: Petition) -> Hands:
    responsible = petition.handling_unit
    reviewers = [p.unit.path for p in petition.parts if p.part == UnitPart.REVIEWER and p.until is None]
    return hands_of(
        actor.role,
        unit_id=actor.unit_id,
        scope_path=actor.scope_path,
        registering_unit_id=petition.unit_id,
        responsible_path=responsible.path if responsible else None,
        reviewer_paths=[path for path in reviewers if path],
    )


def facts_of(petition: Petition, around: Surroundings) -> PetitionFacts:
    """The dated facts from which every clock is made (`rules.petition_clocks`)."""
    objected = [s.happened_on for s in around.since_sent if s.verb == Verb.OBJECT]
    done_again = _concluded_again(around)
    return PetitionFacts(
        registering_unit_id=petition.unit_id,
        registered_by_bureau=is_bureau(petition.unit),
        received_on=petition.received_on,
        dispatched_on=petition.dispatched_on,
        sent_on=around.last_day_of(*SENDINGS),
        assigned_on=around.last_day_of(Verb.ASSIGN),
        taken_directly=petition.dispatch_kind == DispatchKind.DIRECT,
        responsible_unit_id=petition.responsible_unit_id,
        unit_received_on=petition.unit_received_on,
        objected_on=objected[0] if objected else None,
        notified_on=petition.notified_on,
        acceptance=Acceptance(petition.acceptance) if petition.acceptance else None,
        handling_class=HandlingClass(petition.handling_class) if petition.handling_class else None,
        extension_days=petition.extension_days,
        extension_approved_on=petition.extension_approved_on,
        concluded_on=petition.concluded_on,
        served_on=petition.served_on,
        feedback_due_on=petition.feedback_due_on,
        reported_on=petition.reported_on,
        ended_on=_ended_on(petition, around),
        anonymous=petition.anonymous,
        matter_class=matter_class(Purpose(petition.purpose)),
        judicial=petition.judicial,
        reviews=[_review_facts(r, done_again.get(r.id)) for r in around.reviews],
        returns=list(_returns(petition, around)),
    )


def _returns(petition: Petition, around: Surroundings) -> Iterator[Return]:
    """Each objection that was agreed to, and when the matter was sent on after it."""
    live = around.live_steps
    for place, step in enumerate(live, start=1):
        if step.verb != Verb.DECIDE_OBJECTION or step.outcome != "agreed":
            continue
        after = next((s for s in live[place:] if s.verb in (*SENDINGS, Verb.TAKE)), None)
        if after is None or after.verb != Verb.TAKE:
            yield Return(step.id, step.happened_on, after.happened_on if after else None)
        else:
            yield Return(step.id, step.happened_on, petition.notified_on)


def _concluded_again(around: Surroundings) -> dict[int, date]:
    """Review → the day of the first 办结 after its opinion. One review is decided before the next is asked for."""
    live = around.live_steps
    found: dict[int, date] = {}
    decided = [r for r in around.reviews if r.decided_on is not None]
    opinions = [place for place, s in enumerate(live, start=1) if s.verb == Verb.DECIDE_REVIEW]
    for review, place in zip(decided, opinions, strict=False):
        days = [s.happened_on for s in live[place:] if s.verb == Verb.CONCLUDE]
        if days:
            found[review.id] = days[0]
    return found


def _ended_on(petition: Petition, around: Surroundings) -> date | None:
    if petition.voided_at is not None:
        return day_of(petition.voided_at)
    return around.last_day_of(Verb.MERGE) if petition.stage == Stage.MERGED else None


def is_bureau(unit: Unit) -> bool:
    """A 信访部门 is a unit of 类别 县信访局."""
    return unit.category == UnitCategory.BUREAU


def _review_facts(review: PetitionReview, concluded_again_on: date | None) -> ReviewFacts:
    heard = (review.heard_from, review.heard_to) if review.heard_from and review.heard_to else None
    return ReviewFacts(
        id=review.id,
        kind=ReviewKind(review.kind),
        unit_id=review.unit_id,
        applied_on=review.applied_on,
        decided_on=review.decided_on,
        served_on=review.served_on,
        withdrawn_on=review.withdrawn_on,
        heard=heard,
        sends_back=review.opinion in SENDS_BACK,
        concluded_again_on=concluded_again_on,
    )
