"""送达: which paper reached whom, how and when; the time to ask for a review runs from the reply's (条例第三十五条)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.petitions.steps import Act, Begun, Line, begin, take
from models.petition import PetitionDelivery, PetitionReply, PetitionReview, PetitionStep
from rules.errors import RuleViolation
from rules.petition_rules import check_day, check_length
from rules.petition_states import Stage, Verb
from rules.petition_words import DeliveryMethod, ReviewKind, ServedPaper


@dataclass(frozen=True)
class DeliveryData:
    paper: ServedPaper | None
    method: DeliveryMethod | None
    document_number: str = ""
    place: str = ""
    received_by: str = ""
    refusal: str = ""
    served_by: str = ""


_LENGTHS = {
    "document_number": ("文书文号", 40),
    "place": ("送达地点", 80),
    "received_by": ("签收人", 60),
    "refusal": ("拒收事由", 200),
    "served_by": ("送达人", 60),
}
"""As long as the columns."""
_OPINIONS = {ServedPaper.REVIEW: ReviewKind.REVIEW, ServedPaper.RE_REVIEW: ReviewKind.RE_REVIEW}


def serve(session: Session, act: Act, data: DeliveryData) -> None:
    """Record a 送达回证. Raises RuleViolation on `paper`, `method`, `on` or a text."""
    begun = begin(session, act, Verb.SERVE)
    if begun.done_before:
        return
    if data.paper is None:
        raise RuleViolation("请选择送达的文书。", "paper")
    if data.method is None:
        raise RuleViolation("请选择送达方式。", "method")
    if data.method is DeliveryMethod.LEFT and len(data.refusal.strip()) < 2:
        raise RuleViolation("留置送达要写明拒收事由和见证人。", "refusal")
    for name, (words, most) in _LENGTHS.items():
        check_length(getattr(data, name), words, name, most)
    changes = _changes(act, begun, data.paper)
    session.add(
        PetitionDelivery(
            petition_id=act.petition.id,
            paper=data.paper.value,
            document_number=data.document_number.strip(),
            method=data.method.value,
            place=data.place.strip(),
            served_on=act.on,
            received_by=data.received_by.strip(),
            refusal=data.refusal.strip(),
            served_by=data.served_by.strip(),
            recorded_at=act.now,
            recorded_by_id=act.actor.person_id,
        )
    )
    take(session, act, Verb.SERVE, changes, Line(outcome=data.paper.value))


def _changes(act: Act, begun: Begun, paper: ServedPaper) -> dict[str, Any]:
    """What this paper's day is the fact of. Raises RuleViolation where there is no such paper to serve."""
    petition, reply = act.petition, begun.around.reply
    if paper is ServedPaper.NOTICE:
        if petition.notified_on is None:
            raise RuleViolation("还没有告知，没有告知书可送达。", "paper")
        check_day(act.on, act.today, since=petition.notified_on, since_words="告知日期")
        return {}
    if paper is ServedPaper.REPLY:
        _check_reply(act, reply)
        if petition.served_on is not None:
            raise RuleViolation(f"答复已于 {petition.served_on} 送达。登记错的，请先撤销那一步。", "paper")
        return {"served_on": act.on}
    _serve_opinion(act, begun, _OPINIONS[paper])
    return {}


def _check_reply(act: Act, reply: PetitionReply | None) -> None:
    """One approved here; of a matter that was imported whole, the reply itself is not in this system."""
    if reply is None and act.petition.stage == Stage.CONCLUDED:
        check_day(act.on, act.today, since=act.petition.notified_on, since_words="告知日期")
        return
    if reply is None or reply.state != "approved" or reply.approved_on is None:
        raise RuleViolation("还没有经负责人批准的答复，不能送达。", "paper")
    check_day(act.on, act.today, since=reply.approved_on, since_words="答复批准日期")


def _serve_opinion(act: Act, begun: Begun, kind: ReviewKind) -> None:
    decided = [r for r in begun.around.reviews if r.kind == kind and r.decided_on is not None]
    unserved = next((r for r in decided if r.served_on is None), None)
    if unserved is None:
        raise RuleViolation(f"没有待送达的{kind.label}意见。", "paper")
    check_day(act.on, act.today, since=unserved.decided_on, since_words=f"{kind.label}意见日期")
    unserved.served_on = act.on
    unserved.version += 1


def take_back_delivery(session: Session, step: PetitionStep, now: datetime) -> None:
    """What a delivery entered by mistake had left beside the petition's own columns."""
    delivery = session.scalars(
        select(PetitionDelivery)
        .filter_by(petition_id=step.petition_id, paper=step.outcome, served_on=step.happened_on)
        .where(PetitionDelivery.undone_at.is_(None))
        .order_by(PetitionDelivery.id.desc())
    ).first()
    if delivery is not None:
        delivery.undone_at = now
    kind = _OPINIONS.get(ServedPaper(step.outcome))
    review = session.scalars(
        select(PetitionReview)
        .filter_by(petition_id=step.petition_id, kind=kind, served_on=step.happened_on)
        .order_by(PetitionReview.id.desc())
    ).first()
    if review is not None:
        review.served_on = None
        review.version += 1
