"""Letters of a petition: those there are, and which an actor's office may draft now, with the reason where not.

The caller has loaded the petition in scope.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.petition import Petition, PetitionReview, PetitionStep
from models.petition_letter import PetitionLetter
from queries.petition_standing import Surroundings, hands_to, surroundings_of_many
from rules.errors import NotVisible
from rules.letters.kinds import LetterKind, Recipient
from rules.petition_states import By, Stage, Verb
from rules.petition_words import Acceptance, DispatchKind, ReviewKind
from rules.roles import COUNTY_OFFICE, Actor, Permission, handles


@dataclass(frozen=True)
class LetterOffer:
    """A kind that this office issues of this petition; `refusal` says why not now."""

    kind: LetterKind
    refusal: str = ""


@dataclass(frozen=True)
class Desk:
    """Who asks, of which petition, and what stands around it."""

    actor: Actor
    petition: Petition
    around: Surroundings
    letters: list[PetitionLetter]

    @property
    def issued(self) -> list[PetitionLetter]:
        return [row for row in self.letters if row.state == "issued"]


def desk_of(session: Session, actor: Actor, petition: Petition) -> Desk:
    """Five statements."""
    return desks_of(session, actor, [petition])[petition.id]


def desks_of(session: Session, actor: Actor, petitions: Sequence[Petition]) -> dict[int, Desk]:
    """By petition; five statements for all of them."""
    ids = [petition.id for petition in petitions]
    around, letters = surroundings_of_many(session, ids), letters_of_many(session, ids)
    return {p.id: Desk(actor, p, around[p.id], letters[p.id]) for p in petitions}


def letters_of(session: Session, petition_id: int) -> list[PetitionLetter]:
    """Drafts, issued ones and drafts given up, in the order in which they were begun. One statement."""
    return letters_of_many(session, [petition_id])[petition_id]


def letters_of_many(session: Session, petition_ids: Sequence[int]) -> dict[int, list[PetitionLetter]]:
    """By petition; one statement for all of them."""
    statement = select(PetitionLetter).where(PetitionLetter.petition_id.in_(petition_ids))
    people = (joinedload(PetitionLetter.drafted_by), joinedload(PetitionLetter.issued_by))
    whole = statement.options(joinedload(PetitionLetter.unit), *people).order_by(PetitionLetter.id)
    found: dict[int, list[PetitionLetter]] = {petition_id: [] for petition_id in petition_ids}
    for row in session.scalars(whole):
        found[row.petition_id].append(row)
    return found


def handled_by(actor: Actor, petition: Petition) -> bool:
    """Whether the actor's office handles it, so that names are shown plainly."""
    live = [part.unit.path for part in petition.parts if part.until is None]
    responsible = petition.responsible_unit.path if petition.responsible_unit else None
    return handles(actor, petition.unit.path, responsible, *live)


def may_read_letter(actor: Actor, petition: Petition, letter: PetitionLetter) -> bool:
    """A draft is for its own office, an issued letter for who handles the matter as well: it bears names. What bears the
    true name of who asked for secrecy stays with its own office."""
    own = letter.unit_id == actor.unit_id and actor.may(Permission.PETITIONS_WRITE)
    shared = letter.state == "issued" and not bears_secret_name(petition, letter)
    return own or (shared and handled_by(actor, petition))


def bears_secret_name(petition: Petition, letter: PetitionLetter) -> bool:
    """Whether its pages tell who asked for secrecy: then they are given out for a reason only."""
    return petition.confidential and letter.state == "issued" and LetterKind(letter.kind).is_for_petitioner


def load_letter(session: Session, actor: Actor, petition: Petition, letter_id: int) -> PetitionLetter:
    """Raises NotVisible, the same for missing ones and another petition's."""
    statement = select(PetitionLetter).where(
        PetitionLetter.id == letter_id, PetitionLetter.petition_id == petition.id
    )
    row = session.scalar(statement.options(joinedload(PetitionLetter.unit)))
    if row is None or not may_read_letter(actor, petition, row):
        raise NotVisible("letter")
    return row


def letter_offers(desk: Desk) -> list[LetterOffer]:
    """The kinds of the capacities in which the actor's office stands to the petition, in the order of the law."""
    return [LetterOffer(kind, refusal(desk, kind)) for kind in _kinds_of(desk)]


def refusal(desk: Desk, kind: LetterKind) -> str:
    """Why the actor's office may not draft this kind now; "" where it may."""
    if kind not in _kinds_of(desk):
        return f"{kind.label}不由本单位出具。"
    if desk.petition.is_void:
        return "这件信访事项已作废。"
    if kind.rule.recipient is Recipient.PETITIONER and desk.petition.anonymous:
        return "匿名信访，没有可以送达的人。"
    own = [row for row in desk.letters if row.kind == kind and row.unit_id == desk.actor.unit_id]
    if any(row.state == "draft" for row in own):
        return "已有草稿。"
    return _CONDITIONS[kind](desk)


def step_of(desk: Desk, verb: Verb, outcome: str = "") -> PetitionStep | None:
    """The latest that was not undone."""
    steps = (s for s in reversed(desk.around.live_steps) if s.verb == verb)
    return next((s for s in steps if not outcome or s.outcome == outcome), None)


def review_of(desk: Desk, kind: LetterKind) -> PetitionReview | None:
    """The review that a letter of this kind is about: the open one, or the latest opinion of its kind."""
    if kind is LetterKind.REVIEW_ACCEPTANCE:
        return next((r for r in reversed(_own_reviews(desk)) if r.decided_on is None), None)
    wanted = ReviewKind.REVIEW if kind is LetterKind.REVIEW_OPINION else ReviewKind.RE_REVIEW
    found = (r for r in reversed(_own_reviews(desk)) if r.kind == wanted)
    return next((r for r in found if r.decided_on is not None), None)


def to_be_served(desk: Desk) -> PetitionLetter | None:
    """The latest letter of the own office to the petitioner."""
    own = [row for row in desk.issued if row.unit_id == desk.actor.unit_id]
    return next((r for r in reversed(own) if _recipient(r) is Recipient.PETITIONER), None)


def _recipient(row: PetitionLetter) -> Recipient:
    return LetterKind(row.kind).rule.recipient


_BUREAU = (
    *(LetterKind.FORWARD, LetterKind.ASSIGN, LetterKind.DISPATCH_NOTICE),
    *(LetterKind.ALREADY_HANDLED, LetterKind.OBJECTION_DECISION),
)
_UNIT = (
    *(LetterKind.ACCEPTANCE, LetterKind.REFUSAL, LetterKind.NO_LONGER, LetterKind.OBJECTION),
    *(LetterKind.EXTENSION_APPROVAL, LetterKind.EXTENSION_NOTICE, LetterKind.REPLY),
    *(LetterKind.HEARING_NOTICE, LetterKind.SERVICE_RETURN),
    *(LetterKind.CONCLUSION_REPORT, LetterKind.MEDIATION),
)
_REVIEWER = (
    *(LetterKind.REVIEW_ACCEPTANCE, LetterKind.REVIEW_OPINION, LetterKind.REREVIEW_OPINION),
    *(LetterKind.HEARING_NOTICE, LetterKind.SERVICE_RETURN),
)


def _kinds_of(desk: Desk) -> list[LetterKind]:
    actor, petition = desk.actor, desk.petition
    if not actor.may(Permission.PETITIONS_WRITE):
        return []
    hands, county = hands_to(actor, petition).by, actor.role in COUNTY_OFFICE
    found: set[LetterKind] = set()
    if By.SENDER in hands and county:
        found.update(_BUREAU)
    if By.UNIT in hands and (not county or petition.handling_unit_id == actor.unit_id):
        found.update(_UNIT)
    if _own_reviews(desk):
        found.update(_REVIEWER)
    return [kind for kind in LetterKind if kind in found]


def _own_reviews(desk: Desk) -> list[PetitionReview]:
    """Those that the own office decides; the county office writes for the county above it."""
    return [r for r in desk.around.live_reviews if _decides(desk.actor, r)]


def _decides(actor: Actor, review: PetitionReview) -> bool:
    if review.unit_id == actor.unit_id:
        return True
    path = review.unit.path
    return actor.role in COUNTY_OFFICE and bool(path) and actor.unit_path.startswith(path)


def _sent_as(kind: DispatchKind) -> Callable[[Desk], str]:
    def condition(desk: Desk) -> str:
        petition = desk.petition
        is_sent = petition.responsible_unit_id is not None and petition.dispatch_kind == kind
        return "" if is_sent else f"还没有登记{kind.label}。"

    return condition


def _is_sent(desk: Desk) -> str:
    petition = desk.petition
    is_sent = petition.responsible_unit_id is not None and petition.dispatched_on is not None
    return "" if is_sent else "还没有登记转送或者交办。"


def _told(answer: Acceptance) -> Callable[[Desk], str]:
    return lambda desk: "" if desk.petition.acceptance == answer else f"没有登记告知“{answer.label}”。"


def _is_approved(desk: Desk) -> str:
    reply = desk.around.reply
    return "" if reply and reply.state == "approved" else "答复还没有经负责人批准。"


def _can_report(desk: Desk) -> str:
    if desk.petition.dispatch_kind != DispatchKind.ASSIGN:
        return "不是交办件，不需要办结报告。"
    return "" if desk.petition.concluded_on else "还没有办结。"


def is_re_reviewed(desk: Desk) -> bool:
    """Whether the own office decides on a 复核 now: then the time of a hearing is not counted (第三十六条第二款)."""
    return any(r.kind == ReviewKind.RE_REVIEW and r.decided_on is None for r in _own_reviews(desk))


def _can_hear(desk: Desk) -> str:
    if desk.petition.stage == Stage.HANDLING or any(r.decided_on is None for r in _own_reviews(desk)):
        return ""
    return "不在办理或者复查、复核中，没有要听证的。"


def _can_mediate(desk: Desk) -> str:
    if desk.petition.sealed:
        return "检举控告不适用调解。"
    stages = (Stage.HANDLING, Stage.CONCLUDED, Stage.REVIEWING)
    return "" if desk.petition.stage in stages else "还没有受理，不能调解。"


def _goes_on_elsewhere(desk: Desk) -> str:
    into = desk.petition.merged_into
    if into is None:
        return "没有并入正在办理的事项。"
    return "" if into.acceptance == Acceptance.ACCEPTED else "并入的那一件还没有告知受理。"


_CONDITIONS: dict[LetterKind, Callable[[Desk], str]] = {
    LetterKind.FORWARD: _sent_as(DispatchKind.FORWARD),
    LetterKind.ASSIGN: _sent_as(DispatchKind.ASSIGN),
    LetterKind.DISPATCH_NOTICE: _is_sent,
    LetterKind.OBJECTION_DECISION: lambda d: (
        "" if step_of(d, Verb.DECIDE_OBJECTION) else "还没有登记对异议的答复。"
    ),
    LetterKind.ACCEPTANCE: _told(Acceptance.ACCEPTED),
    LetterKind.REFUSAL: _told(Acceptance.REFUSED),
    LetterKind.NO_LONGER: _told(Acceptance.NO_LONGER),
    LetterKind.OBJECTION: lambda d: "" if step_of(d, Verb.OBJECT) else "没有登记异议。",
    LetterKind.EXTENSION_APPROVAL: lambda d: "" if step_of(d, Verb.REQUEST_EXTENSION) else "没有申请延期。",
    LetterKind.EXTENSION_NOTICE: lambda d: (
        "" if d.petition.extension_approved_on else "延期还没有经负责人批准。"
    ),
    LetterKind.REPLY: _is_approved,
    LetterKind.SERVICE_RETURN: lambda d: "" if to_be_served(d) else "还没有印发给信访人的文书。",
    LetterKind.ALREADY_HANDLED: _goes_on_elsewhere,
    LetterKind.HEARING_NOTICE: _can_hear,
    LetterKind.MEDIATION: _can_mediate,
    LetterKind.CONCLUSION_REPORT: _can_report,
    LetterKind.REVIEW_ACCEPTANCE: lambda d: (
        "" if review_of(d, LetterKind.REVIEW_ACCEPTANCE) else "没有待办理的申请。"
    ),
    LetterKind.REVIEW_OPINION: lambda d: (
        "" if review_of(d, LetterKind.REVIEW_OPINION) else "还没有登记复查意见。"
    ),
    LetterKind.REREVIEW_OPINION: lambda d: (
        "" if review_of(d, LetterKind.REREVIEW_OPINION) else "还没有登记复核意见。"
    ),
}
