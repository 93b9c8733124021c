"""What a letter is made from. Empty texts and None are what is not known yet.

The path of a value (`reply.review_organ`) is the name of its form field.
"""

from dataclasses import dataclass, field
from datetime import date, time

from rules.petition_words import (
    Conclusion,
    DeliveryMethod,
    HandlingClass,
    MatterClass,
    ReviewKind,
    ReviewOpinion,
)


@dataclass(frozen=True)
class PetitionFacts:
    """`title` like 反映柳溪镇柳树沟村土地流转费未付的问题; `petitioner` as it shall be printed, masked by the caller
    where secrecy was asked for. `source` is how the matter came: 来访, 来信, 网上, 来电. `accused` are names of the
    units and persons of a 检举控告. `received_on` is the day on which the issuing office received it."""

    number: str = ""
    title: str = ""
    summary: str = ""
    request: str = ""
    petitioner: str = ""
    persons: int = 1
    received_on: date | None = None
    source: str = ""
    matter_class: MatterClass = MatterClass.APPEAL
    handling: HandlingClass | None = None
    accused: tuple[str, ...] = ()


@dataclass(frozen=True)
class PassingFacts:
    """How it was sent on: by `sender` with the letter `number` of `sent_on`, to `unit`. `means` is 转送 or 交办.

    `unit_line` are the names of the offices above the receiving unit, the nearest first.
    """

    sender: str = ""
    number: str = ""
    sent_on: date | None = None
    means: str = "转送"
    unit: str = ""
    unit_line: tuple[str, ...] = ()
    requirements: str = ""
    feedback_by: date | None = None


@dataclass(frozen=True)
class DueFacts:
    """`handler` is the inner office that handles it; `due_on` the last day for the reply (art. 34)."""

    accepted_on: date | None = None
    due_on: date | None = None
    handler: str = ""


@dataclass(frozen=True)
class RefusalFacts:
    """`basis` as it stands after 根据: 《信访工作条例》第三十一条第二项; `competent` is who decides such matters."""

    reason: str = ""
    basis: str = ""
    competent: str = ""
    route: str = ""


@dataclass(frozen=True)
class OngoingFacts:
    """Who is handling the same matter, since when and until when (art. 19)."""

    unit: str = ""
    accepted_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class EarlierOpinion:
    """`name` like 信访处理意见书."""

    unit: str
    name: str
    number: str
    day: date


@dataclass(frozen=True)
class ObjectionFacts:
    """`received_on` is the day on which the objecting unit received the matter; `number` and `day` those of its
    objection, which the sender answers; `is_agreed` None until decided."""

    received_on: date | None = None
    reason: str = ""
    suggested_unit: str = ""
    number: str = ""
    day: date | None = None
    is_agreed: bool | None = None
    decision_reason: str = ""


@dataclass(frozen=True)
class ExtensionFacts:
    """`days` at most 30 (art. 34). `proposal` and `opinion` are what the handling office and the head of the unit
    write; `approver` is the head's name."""

    days: int | None = None
    new_due_on: date | None = None
    reason: str = ""
    proposal: str = ""
    opinion: str = ""
    approver: str = ""
    approved_on: date | None = None


@dataclass(frozen=True)
class ReplyFacts:
    """The four parts of art. 32 (the first is `petition.request`); `review_organ` is the next-higher one (art. 35)."""

    found: str = ""
    conclusion: Conclusion | None = None
    opinion: str = ""
    basis: str = ""
    review_organ: str = ""


@dataclass(frozen=True)
class ReviewFacts:
    """`disputed` is the opinion that the petitioner does not accept. `next_organ` decides on 复核, after a 复查 only.

    `refusal_reason`, where the request is not taken up.
    """

    kind: ReviewKind = ReviewKind.REVIEW
    requested_on: date | None = None
    request: str = ""
    disputed: EarlierOpinion | None = None
    disputed_content: str = ""
    due_on: date | None = None
    refusal_reason: str = ""
    found: str = ""
    outcome: ReviewOpinion | None = None
    opinion: str = ""
    basis: str = ""
    next_organ: str = ""


@dataclass(frozen=True)
class HearingFacts:
    """`for_rereview`: then the time it takes is not counted (art. 36)."""

    day: date | None = None
    starts_at: time | None = None
    place: str = ""
    subject: str = ""
    presider: str = ""
    participants: str = ""
    for_rereview: bool = False


@dataclass(frozen=True)
class DeliveryFacts:
    """What was served; the rest of the form is written by hand when it is served."""

    document: str = ""
    number: str = ""
    recipient: str = ""
    place: str = ""
    method: DeliveryMethod | None = None
    received_on: date | None = None
    server: str = ""


@dataclass(frozen=True)
class ConclusionFacts:
    """What the unit reports to the office that assigned the matter."""

    investigation: str = ""
    result: str = ""
    petitioner_opinion: str = ""


@dataclass(frozen=True)
class MediationFacts:
    """The parties as they shall be printed, and what they agreed on."""

    first_party: str = ""
    second_party: str = ""
    day: date | None = None
    place: str = ""
    dispute: str = ""
    terms: str = ""
    performance: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """Everything that any letter may need; a part that a kind does not need stays empty.

    `issuer` is the full name that signs; `contact` and `telephone` are those of the issuing office, `address` where
    it is; `signer` signs a report (签发人). `number` and `day` come with the issue.
    """

    issuer: str = ""
    petition: PetitionFacts = field(default_factory=PetitionFacts)
    number: str = ""
    day: date | None = None
    contact: str = ""
    telephone: str = ""
    address: str = ""
    signer: str = ""
    copies_to: str = ""
    attachments: tuple[str, ...] = ()
    passing: PassingFacts = field(default_factory=PassingFacts)
    due: DueFacts = field(default_factory=DueFacts)
    refusal: RefusalFacts = field(default_factory=RefusalFacts)
    ongoing: OngoingFacts = field(default_factory=OngoingFacts)
    earlier: tuple[EarlierOpinion, ...] = ()
    objection: ObjectionFacts = field(default_factory=ObjectionFacts)
    extension: ExtensionFacts = field(default_factory=ExtensionFacts)
    reply: ReplyFacts = field(default_factory=ReplyFacts)
    review: ReviewFacts = field(default_factory=ReviewFacts)
    hearing: HearingFacts = field(default_factory=HearingFacts)
    service: DeliveryFacts = field(default_factory=DeliveryFacts)
    conclusion: ConclusionFacts = field(default_factory=ConclusionFacts)
    mediation: MediationFacts = field(default_factory=MediationFacts)
