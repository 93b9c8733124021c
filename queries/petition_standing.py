"""What a petition's page and its actions ask before a step: where it stands, and in which capacities an actor acts."""

from dataclasses import dataclass
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
from rules.petition_clocks import PetitionFacts, ReviewFacts
from rules.petition_states import Hands, Stage, Standing, Verb, hands_of
from rules.petition_words import Acceptance, Conclusion, DispatchKind, HandlingClass, ReviewKind, UnitPart
from rules.roles import Actor
from rules.taxonomy import UnitCategory


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
    def live_reviews(self) -> list[PetitionReview]:
        return [r for r in self.reviews if r.withdrawn_on is None]


def surroundings_of(session: Session, petition: Petition) -> Surroundings:
    def rows(model: Any) -> list[Any]:
        return list(session.scalars(select(model).where(model.petition_id == petition.id).order_by(model.id)))

    return Surroundings(rows(PetitionStep), rows(PetitionReply), rows(PetitionReview), rows(PetitionDelivery))


def standing_of(petition: Petition, around: Surroundings) -> Standing:
    reply, reviews = around.reply, around.live_reviews
    first = [r for r in reviews if r.kind == ReviewKind.REVIEW and r.decided_on is not None]
    again = [r for r in reviews if r.kind == ReviewKind.RE_REVIEW]
    return Standing(
        stage=Stage(petition.stage),
        is_void=petition.is_void,
        acceptance=Acceptance(petition.acceptance) if petition.acceptance else None,
        handling_class=HandlingClass(petition.handling_class) if petition.handling_class else None,
        conclusion=Conclusion(petition.conclusion) if petition.conclusion else None,
        is_assigned=petition.dispatch_kind == DispatchKind.ASSIGN,
        reply_state=reply.state if reply else "",
        waits_for=frozenset(Verb(s.waits_for) for s in around.waiting if s.waits_for),
        has_joint_units=any(p.part == UnitPart.JOINT and p.until is None for p in petition.parts),
        served_on=petition.served_on,
        review_open=any(r.decided_on is None for r in reviews),
        reviewed=bool(first),
        review_served=any(r.served_on is not None for r in first),
        finally_reviewed=any(r.decided_on is not None for r in again),
        reported=petition.reported_on is not None,
        executed=petition.executed_on is not None,
        extended=petition.extension_days > 0,
    )


def hands_to(actor: Actor, petition: Petition) -> Hands:
    responsible = petition.responsible_unit
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
    objected = [s.happened_on for s in around.live_steps if s.verb == Verb.OBJECT]
    since = petition.unit_received_on
    ended = petition.voided_at.date() if petition.voided_at else None
    merged = next((s for s in reversed(around.live_steps) if s.verb == Verb.MERGE), None)
    if petition.stage == Stage.MERGED and merged is not None:
        ended = merged.happened_on
    return PetitionFacts(
        registering_unit_id=petition.unit_id,
        registered_by_bureau=is_bureau(petition.unit),
        received_on=petition.received_on,
        dispatched_on=petition.dispatched_on,
        responsible_unit_id=petition.responsible_unit_id,
        unit_received_on=petition.unit_received_on,
        objected_on=next((on for on in reversed(objected) if since is not None and on >= since), None),
        notified_on=petition.notified_on,
        acceptance=Acceptance(petition.acceptance) if petition.acceptance else None,
        handling_class=HandlingClass(petition.handling_class) if petition.handling_class else None,
        extension_days=petition.extension_days,
        extension_approved_on=petition.extension_approved_on,
        concluded_on=petition.concluded_on,
        served_on=petition.served_on,
        feedback_due_on=petition.feedback_due_on,
        reported_on=petition.reported_on,
        ended_on=ended,
        reviews=[_review_facts(r) for r in around.reviews],
    )


def is_bureau(unit: Unit) -> bool:
    """A 信访部门 is a unit of 类别 县信访局."""
    return unit.category == UnitCategory.BUREAU


def _review_facts(review: PetitionReview) -> ReviewFacts:
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
    )
