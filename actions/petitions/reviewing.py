"""复查、复核: asked for in time, heard, decided, and then at an end (条例第三十五、三十六条)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.petitions.steps import Act, Line, begin, take
from models.deadline import Deadline
from models.organisation import Unit
from models.petition import Petition, PetitionReview, PetitionUnit
from queries.petition_standing import Surroundings, surroundings_of
from rules.errors import RuleViolation
from rules.petition_clocks import ASK_RE_REVIEW, ASK_REVIEW
from rules.petition_rules import DAYS_TO_ASK, check_application, check_text
from rules.petition_states import Stage, Verb
from rules.petition_words import SENDS_BACK, ReviewKind, ReviewOpinion, UnitPart


@dataclass(frozen=True)
class ApplicationData:
    kind: ReviewKind
    unit_id: int | None
    """复查、复核机关: the organ above the one whose opinion is contested; it may stand outside the tree."""
    late_reason: str = ""


def apply_for_review(session: Session, act: Act, data: ApplicationData) -> None:
    """`act.on` is the day the organ received the request, `act.text` what it asks for. Raises RuleViolation."""
    verb = Verb.APPLY_REVIEW if data.kind is ReviewKind.REVIEW else Verb.APPLY_RE_REVIEW
    begun = begin(session, act, verb)
    if begun.done_before:
        return
    unit = session.get(Unit, data.unit_id) if data.unit_id else None
    if unit is None:
        raise RuleViolation(f"请选择{data.kind.label}机关。", "to_unit")
    if not unit.is_open(act.today):
        raise RuleViolation(f"{unit.label}已撤销，请选择承接它的单位。", "to_unit")
    _require_above(act, begun.around, unit)
    served_on = _served_on(act, begun.around, data.kind)
    last = last_day_to_contest(session, act.petition, data.kind, served_on)
    late_reason = check_application(data.kind.label, act.on, served_on, last, data.late_reason)
    session.add(
        PetitionReview(
            petition_id=act.petition.id,
            kind=data.kind.value,
            unit_id=unit.id,
            applied_on=act.on,
            request=check_text(act.text, "申请的请求和理由"),
            late_reason=late_reason,
        )
    )
    _give_part(session, act, unit)
    take(session, act, verb, {"stage": Stage.REVIEWING.value}, Line(to_unit_id=unit.id))


def last_day_to_contest(session: Session, petition: Petition, kind: ReviewKind, served_on: date) -> date:
    """The last day on which the petitioner may ask for a 复查 or 复核: for a right, rolled over a holiday as the law
    has it (民法典第二百零三条)."""
    key = ASK_REVIEW if kind is ReviewKind.REVIEW else ASK_RE_REVIEW
    clock = session.scalars(
        select(Deadline).filter_by(petition_id=petition.id, key=key, started_on=served_on)
    ).first()
    if clock is None:
        return served_on + timedelta(days=DAYS_TO_ASK)
    return clock.legal_due_on or clock.due_on


def hear(session: Session, act: Act, heard_to: date | None) -> None:
    """听证 from `act.on` to `heard_to`; of a 复核 its days do not count (第三十六条第二款)."""
    begun = begin(session, act, Verb.HEAR)
    if begun.done_before:
        return
    review = _open_review(begun.around)
    last = heard_to or act.on
    if act.on < review.applied_on:
        raise RuleViolation(f"听证日期 {act.on} 早于收到申请的 {review.applied_on}。", "on")
    if last < act.on or last > act.today:
        raise RuleViolation("听证结束日期应不早于开始日期，且不晚于今天。", "until")
    if review.heard_from is not None:
        raise RuleViolation("已登记过听证；登记错的，请先撤销那一步。", "on")
    review.heard_from, review.heard_to = act.on, last
    review.version += 1
    take(session, act, Verb.HEAR, {}, Line(until=last))


def take_back_hearing(session: Session, petition: Petition) -> None:
    """What a hearing entered by mistake had left beside the petition's own columns."""
    review = _open_review(surroundings_of(session, petition))
    review.heard_from = review.heard_to = None
    review.version += 1


def decide_review(session: Session, act: Act, opinion: ReviewOpinion | None, legal_basis: str) -> None:
    """复查、复核意见. A 复核 ends the matter; 撤销、责令重办 send it back to the unit. Raises RuleViolation."""
    begun = begin(session, act, Verb.DECIDE_REVIEW)
    if begun.done_before:
        return
    review = _open_review(begun.around)
    if opinion is None:
        raise RuleViolation("请选择意见。", "opinion")
    _not_before_its_end(act, review)
    text = check_text(act.text, "事实认定和意见")
    review.legal_basis = check_text(legal_basis, "依据", "legal_basis")
    review.opinion, review.decided_on, review.opinion_text = opinion.value, act.on, text
    review.version += 1
    stage = _stage_after(ReviewKind(review.kind), opinion)
    changes: dict[str, Any] = {"stage": stage.value}
    if stage is Stage.FINISHED:
        changes["finished_on"] = act.on
    if stage is Stage.HANDLING:
        _replace_reply(begun.around)
    take(session, act, Verb.DECIDE_REVIEW, changes, Line(outcome=opinion.value))


def withdraw_review(session: Session, act: Act) -> None:
    """The petitioner takes the request back: the opinion he contested stands."""
    _drop_application(session, act, Verb.WITHDRAW_REVIEW, "撤回的情况")


def refuse_review(session: Session, act: Act) -> None:
    """不予受理: the organ does not take the request on, with the reason it gave in writing."""
    _drop_application(session, act, Verb.REFUSE_REVIEW, "不予受理的理由和依据")


def _drop_application(session: Session, act: Act, verb: Verb, words: str) -> None:
    begun = begin(session, act, verb)
    if begun.done_before:
        return
    review = _open_review(begun.around)
    _not_before_its_end(act, review)
    check_text(act.text, words)
    review.withdrawn_on = act.on
    review.version += 1
    take(session, act, verb, {"stage": Stage.CONCLUDED.value}, Line(to_unit_id=review.unit_id))


def _not_before_its_end(act: Act, review: PetitionReview) -> None:
    if act.on < review.applied_on:
        raise RuleViolation(f"日期 {act.on} 早于收到申请的 {review.applied_on}。", "on")
    if review.heard_to is not None and act.on < review.heard_to:
        raise RuleViolation(f"日期 {act.on} 早于听证结束的 {review.heard_to}。", "on")


def _give_part(session: Session, act: Act, unit: Unit) -> None:
    """An organ outside the tree has nobody here to see the matter."""
    there = any(
        p.unit_id == unit.id and p.part == UnitPart.REVIEWER and p.until is None for p in act.petition.parts
    )
    if unit.path and not there:
        part = UnitPart.REVIEWER.value
        session.add(PetitionUnit(petition_id=act.petition.id, unit_id=unit.id, part=part, since=act.on))
    session.flush()
    session.expire(act.petition, ["parts"])


def _stage_after(kind: ReviewKind, opinion: ReviewOpinion) -> Stage:
    if opinion in SENDS_BACK:
        return Stage.HANDLING
    return Stage.FINISHED if kind is ReviewKind.RE_REVIEW else Stage.CONCLUDED


def _replace_reply(around: Surroundings) -> None:
    reply = around.reply
    if reply is not None:
        reply.state = "replaced"
        reply.version += 1


def _open_review(around: Surroundings) -> PetitionReview:
    found = next((r for r in reversed(around.live_reviews) if r.decided_on is None), None)
    if found is None:
        raise RuleViolation("没有正在进行的复查或复核。")
    return found


def _served_on(act: Act, around: Surroundings, kind: ReviewKind) -> date:
    if kind is ReviewKind.REVIEW:
        served = act.petition.served_on
    else:
        reviews = [r for r in around.live_reviews if r.kind == ReviewKind.REVIEW and r.served_on]
        served = reviews[-1].served_on if reviews else None
    if served is None:
        raise RuleViolation("还没有送达，申请的期限还没有开始。", "on")
    return served


def _require_above(act: Act, around: Surroundings, unit: Unit) -> None:
    """The organ that decided cannot review itself, nor one below it (上一级机关)."""
    decided = [r.unit for r in around.live_reviews if r.decided_on is not None]
    contested = decided[-1] if decided else act.petition.handling_unit
    if contested is None:
        return
    below = bool(contested.path) and unit.path.startswith(contested.path)
    if below or unit.id == contested.id:
        raise RuleViolation(
            f"应向{contested.label}的上一级机关申请（《信访工作条例》第三十五条）。", "to_unit"
        )
