"""What the record knows for a letter: `rules.letters.facts` from a petition and what stands around it."""

import json
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.petition import Petition, PetitionReview, PetitionStep
from models.petition_letter import PetitionLetter
from queries.accused import accused_of
from queries.petition_letters import (
    Desk,
    handled_by,
    is_re_reviewed,
    review_of,
    step_of,
    to_be_served,
)
from rules.letters.entered import with_entered
from rules.letters.facts import (
    ConclusionFacts,
    DeliveryFacts,
    DueFacts,
    EarlierOpinion,
    ExtensionFacts,
    HearingFacts,
    LetterFacts,
    MediationFacts,
    ObjectionFacts,
    OngoingFacts,
    PassingFacts,
    PetitionFacts,
    ReplyFacts,
    ReviewFacts,
)
from rules.letters.kinds import LetterKind, LetterPage
from rules.letters.text import LetterText
from rules.letters.texts import letter_text
from rules.letters.wording import filled
from rules.petition_due import reply_due
from rules.petition_states import Verb
from rules.petition_words import (
    Acceptance,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ReviewKind,
    ReviewOpinion,
    matter_class,
)
from rules.redaction import mask_name
from rules.roles import COUNTY_OFFICE
from rules.taxonomy import Purpose

REVIEW_DAYS = 30
_BUREAU_KINDS = frozenset(
    {LetterKind.FORWARD, LetterKind.ASSIGN, LetterKind.DISPATCH_NOTICE, LetterKind.OBJECTION_DECISION}
)
_REVIEW_KINDS = frozenset(
    {LetterKind.REVIEW_ACCEPTANCE, LetterKind.REVIEW_OPINION, LetterKind.REREVIEW_OPINION}
)


def letter_facts(session: Session, desk: Desk, kind: LetterKind, unit: Unit) -> LetterFacts:
    """`unit` is the office that issues it. What the record does not know stays empty (`rules.letters.entered`)."""
    petition = desk.petition
    review = review_of(desk, kind) if kind in _REVIEW_KINDS else None
    return LetterFacts(
        issuer=review.unit.name if review else unit.name,
        petition=_petition(session, desk, kind),
        telephone=unit.telephone,
        passing=_passing(session, desk, kind),
        due=_due(petition),
        earlier=_earlier(desk),
        objection=_objection(desk),
        extension=_extension(desk),
        reply=_reply(desk, unit),
        review=_review(desk, review) if review else ReviewFacts(),
        service=_service(desk),
        conclusion=_conclusion(desk),
        ongoing=_ongoing(petition),
        hearing=HearingFacts(subject=petition.label, for_rereview=is_re_reviewed(desk)),
        mediation=_mediation(desk),
    )


def facts_now(
    session: Session, desk: Desk, row: PetitionLetter, day: date | None = None, *, named: bool = False
) -> LetterFacts:
    """What the record knows today with what its office entered. `named`: as it goes out, with the true name in what is
    for the petitioner, also where secrecy was asked for; else as a screen shows it. Raises RuleViolation."""
    kind = LetterKind(row.kind)
    known = letter_facts(session, desk, kind, row.unit)
    if named and kind.is_for_petitioner and row.unit_id == desk.actor.unit_id:
        known = _with_true_name(known, desk)
    return replace(with_entered(kind, known, json.loads(row.entered)), day=day)


def _with_true_name(known: LetterFacts, desk: Desk) -> LetterFacts:
    name = printed_people(desk.petition, plainly=handled_by(desk.actor, desk.petition))
    petition = replace(known.petition, petitioner=name)
    return replace(known, petition=petition, service=replace(known.service, recipient=name))


def text_now(kind: LetterKind, facts: LetterFacts, source: str) -> LetterText:
    """The letter around the body as the office edited it."""
    text = letter_text(kind, facts)
    return text if kind.rule.page is LetterPage.FORM else replace(text, source=source)


def _ongoing(petition: Petition) -> OngoingFacts:
    """Of the matter into which it was merged (第十九条第三款)."""
    into = petition.merged_into
    if into is None:
        return OngoingFacts()
    unit = into.handling_unit.name if into.handling_unit else ""
    return OngoingFacts(unit, into.notified_on, into.reply_due_on)


def _mediation(desk: Desk) -> MediationFacts:
    """Both sides as they are known: the petitioner's name where this office prints it, and whom the matter is about."""
    row = desk.petition
    plainly = handled_by(desk.actor, row) and not row.confidential
    other = row.accused_unit.name if row.accused_unit else row.accused_text
    return MediationFacts(
        first_party=printed_people(row, plainly=plainly),
        second_party=other,
        dispute=row.content,
    )


def _petition(session: Session, desk: Desk, kind: LetterKind) -> PetitionFacts:
    row = desk.petition
    at_bureau = kind in _BUREAU_KINDS or row.dispatch_kind == DispatchKind.DIRECT
    return PetitionFacts(
        number=row.number,
        title=row.label,
        summary=row.content,
        request=(desk.around.reply.requests if desk.around.reply else "") or row.request,
        petitioner=printed_people(row, plainly=handled_by(desk.actor, row) and not row.confidential),
        persons=row.persons,
        received_on=row.received_on if at_bureau else row.unit_received_on,
        source=Channel(row.channel).label,
        matter_class=matter_class(Purpose(row.purpose)),
        handling=HandlingClass(row.handling_class) if row.handling_class else None,
        accused=accused_names(session, row),
    )


def printed_people(petition: Petition, *, plainly: bool) -> str:
    """周大山, 周大山等5人; 周某某 where secrecy was asked for or the office does not handle the matter."""
    if petition.anonymous:
        return "匿名"
    names = [c.name if plainly else mask_name(c.name).replace("*", "某") for c in petition.contacts]
    more = f"等{petition.persons}人" if petition.persons > len(names) else ""
    return "、".join(names) + more


def accused_names(session: Session, petition: Petition) -> tuple[str, ...]:
    """The accused, and every office at or below an accused unit and that in which an accused person serves."""
    names = [petition.accused_text] if petition.accused_text else []
    if petition.accused_person:
        names.append(petition.accused_person.name)
    if petition.accused_unit:
        names.append(petition.accused_unit.name)
    paths = accused_of(session, petition, petition.received_on).paths
    if paths:
        below = select(Unit.name, Unit.short_name).where(or_(*(Unit.path.startswith(p) for p in paths)))
        names += [name for both in session.execute(below.order_by(Unit.path)) for name in both if name]
    return tuple(dict.fromkeys(names))


def _passing(session: Session, desk: Desk, kind: LetterKind) -> PassingFacts:
    petition, to = desk.petition, _sent_to(desk, kind)
    is_own = petition.unit_id == desk.actor.unit_id or desk.actor.role in COUNTY_OFFICE
    from_other = not is_own and petition.dispatch_kind in (DispatchKind.FORWARD, DispatchKind.ASSIGN)
    sent_by = next(
        (r for r in reversed(desk.issued) if r.kind in (LetterKind.FORWARD, LetterKind.ASSIGN)), None
    )
    sender = (sent_by.unit if sent_by else petition.unit).addressed_as
    return PassingFacts(
        sender=sender if from_other else "",
        number=(sent_by.number or "") if from_other and sent_by else "",
        sent_on=petition.dispatched_on,
        means="交办" if petition.dispatch_kind == DispatchKind.ASSIGN else "转送",
        unit=to.addressed_as if to else "",
        unit_line=_names_above(session, to) if to else (),
        requirements=_text_of(desk, Verb.ASSIGN),
        feedback_by=petition.feedback_due_on,
    )


def _sent_to(desk: Desk, kind: LetterKind) -> Unit | None:
    """To an objection the answer goes to who raised it, even where the matter lies elsewhere by now."""
    objected = step_of(desk, Verb.OBJECT)
    if kind is LetterKind.OBJECTION_DECISION and objected:
        return objected.unit
    return desk.petition.responsible_unit


def _names_above(session: Session, unit: Unit) -> tuple[str, ...]:
    """The nearest first."""
    ids = [int(part) for part in unit.path.strip("/").split("/") if part][:-1]
    names = {u.id: u.name for u in session.scalars(select(Unit).where(Unit.id.in_(ids)))} if ids else {}
    return tuple(names[i] for i in reversed(ids) if i in names)


def _due(petition: Petition) -> DueFacts:
    """The last day before any extension, whether one that was granted counted or came too late."""
    acceptance = Acceptance(petition.acceptance) if petition.acceptance else None
    handling_class = HandlingClass(petition.handling_class) if petition.handling_class else None
    original = reply_due(acceptance, handling_class, petition.notified_on)
    accepted = petition.notified_on if acceptance is Acceptance.ACCEPTED else None
    return DueFacts(accepted_on=accepted, due_on=original)


def _earlier(desk: Desk) -> tuple[EarlierOpinion, ...]:
    found = [_reply_paper(desk)]
    found += [_review_paper(desk, r) for r in desk.around.live_reviews if r.decided_on]
    return tuple(opinion for opinion in found if opinion)


def _reply_paper(desk: Desk) -> EarlierOpinion | None:
    reply = desk.around.reply
    if reply is None or reply.approved_on is None:
        return None
    name = "信访处理意见书"
    return EarlierOpinion(reply.unit.name, name, _number_of(desk, LetterKind.REPLY, name), reply.approved_on)


def _review_paper(desk: Desk, review: PetitionReview) -> EarlierOpinion | None:
    if review.decided_on is None:
        return None
    is_first = review.kind == ReviewKind.REVIEW
    kind = LetterKind.REVIEW_OPINION if is_first else LetterKind.REREVIEW_OPINION
    name = "信访事项复查意见书" if is_first else "信访事项复核意见书"
    return EarlierOpinion(review.unit.name, name, _number_of(desk, kind, name), review.decided_on)


def _number_of(desk: Desk, kind: LetterKind, name: str) -> str:
    """Of the letter that was issued here; a place to fill in where it was written elsewhere."""
    issued = next((r for r in reversed(desk.issued) if r.kind == kind), None)
    return issued.number if issued and issued.number else filled("", f"{name}文号")


def _objection(desk: Desk) -> ObjectionFacts:
    step, decided = step_of(desk, Verb.OBJECT), step_of(desk, Verb.DECIDE_OBJECTION)
    if step is None:
        return ObjectionFacts()
    letter = next((r for r in reversed(desk.issued) if r.kind == LetterKind.OBJECTION), None)
    return ObjectionFacts(
        received_on=desk.petition.unit_received_on,
        reason=step.text,
        suggested_unit=step.to_unit.name if step.to_unit else "",
        number=(letter.number or "") if letter else "",
        day=letter.issued_on if letter else step.happened_on,
        is_agreed=decided.outcome == "agreed" if decided else None,
        decision_reason=decided.text if decided else "",
    )


def _extension(desk: Desk) -> ExtensionFacts:
    asked = step_of(desk, Verb.REQUEST_EXTENSION)
    agreed = step_of(desk, Verb.DECIDE_EXTENSION, "agreed")
    due = _due(desk.petition).due_on
    if asked is None:
        return ExtensionFacts()
    days = desk.petition.extension_days or asked.days
    return ExtensionFacts(
        days=days,
        new_due_on=due + timedelta(days) if due and days else None,
        reason=asked.text,
        approver=_approver(agreed) or _approver(step_of(desk, Verb.EXTEND_ON_PAPER, "agreed")),
        approved_on=desk.petition.extension_approved_on,
    )


def _approver(step: PetitionStep | None) -> str:
    """Of what was approved on paper the one who signed there, not who entered it."""
    if step is None:
        return ""
    if step.paper_approval is not None:
        return step.paper_approval.approver
    return step.recorded_by.name if step.recorded_by else ""


def _reply(desk: Desk, unit: Unit) -> ReplyFacts:
    reply = desk.around.reply
    if reply is None:
        return ReplyFacts(review_organ=organ_above(unit))
    return ReplyFacts(
        found=reply.facts,
        conclusion=Conclusion(reply.conclusion),
        opinion=reply.opinion,
        basis=reply.legal_basis,
        review_organ=organ_above(unit),
    )


def organ_above(unit: Unit) -> str:
    """上一级机关 as it is called in a reply: the county above is its 人民政府."""
    return unit.parent.addressed_as if unit.parent else ""


def _review(desk: Desk, review: PetitionReview) -> ReviewFacts:
    first = review.kind == ReviewKind.REVIEW
    earlier = next(
        (r for r in desk.around.live_reviews if r.kind == ReviewKind.REVIEW and r.decided_on), None
    )
    reply = desk.around.reply
    disputed = _reply_paper(desk) if first else _review_paper(desk, earlier) if earlier else None
    content = (reply.opinion if reply else "") if first else (earlier.opinion_text if earlier else "")
    return ReviewFacts(
        kind=ReviewKind(review.kind),
        requested_on=review.applied_on,
        request=review.request,
        disputed=disputed,
        disputed_content=content,
        due_on=review.applied_on + timedelta(REVIEW_DAYS),
        outcome=ReviewOpinion(review.opinion) if review.opinion else None,
        opinion=review.opinion_text,
        basis=review.legal_basis,
    )


def _service(desk: Desk) -> DeliveryFacts:
    row = to_be_served(desk)
    if row is None:
        return DeliveryFacts()
    plainly = handled_by(desk.actor, desk.petition) and not desk.petition.confidential
    return DeliveryFacts(
        document=LetterKind(row.kind).label,
        number=row.number or "",
        recipient=printed_people(desk.petition, plainly=plainly),
    )


def _conclusion(desk: Desk) -> ConclusionFacts:
    reply = desk.around.reply
    return ConclusionFacts(investigation=reply.facts, result=reply.opinion) if reply else ConclusionFacts()


def _text_of(desk: Desk, verb: Verb) -> str:
    step = step_of(desk, verb)
    return step.text if step else ""
