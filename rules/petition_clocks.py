"""Which clocks run on a petition, from its dated facts alone: entering a fact is the only thing that moves a date.

信访工作条例 art. 22 (15 days to send on), 23 (15 days of notice; 5 working days to object), 34 (60 days, one extension),
35 and 36 (30 days each to ask and to decide).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rules.petition_states import Verb
from rules.petition_words import Acceptance, HandlingClass, MatterClass, ReviewKind

DISPATCH, DIRECT_NOTICE, NOTICE = "xfbm_dispatch", "direct_notice", "xfr_notice"
OBJECTION, HANDLE, FEEDBACK = "objection", "handle", "jiaoban_feedback"
ASK_REVIEW, DECIDE_REVIEW = "fc_apply", "fc_decide"
ASK_RE_REVIEW, DECIDE_RE_REVIEW = "fh_apply", "fh_decide"

RIGHTS = frozenset({OBJECTION, ASK_REVIEW, ASK_RE_REVIEW})
"""Times within which somebody may act. Nobody is late when they pass."""

OF_THE_UNIT = (DIRECT_NOTICE, NOTICE, OBJECTION, HANDLE, FEEDBACK)
"""Clocks of the unit that has the matter; they go with it to its successor."""

MET_BY = {
    DISPATCH: frozenset({Verb.FORWARD, Verb.ASSIGN, Verb.DECIDE_DISPUTE, Verb.NOTIFY}),
    DIRECT_NOTICE: frozenset({Verb.NOTIFY}),
    NOTICE: frozenset({Verb.NOTIFY}),
    OBJECTION: frozenset({Verb.OBJECT}),
    HANDLE: frozenset({Verb.CONCLUDE}),
    FEEDBACK: frozenset({Verb.REPORT}),
    ASK_REVIEW: frozenset({Verb.APPLY_REVIEW}),
    DECIDE_REVIEW: frozenset({Verb.DECIDE_REVIEW}),
    ASK_RE_REVIEW: frozenset({Verb.APPLY_RE_REVIEW}),
    DECIDE_RE_REVIEW: frozenset({Verb.DECIDE_REVIEW}),
}
"""Clock → the acts whose day meets it."""


@dataclass(frozen=True)
class ReviewFacts:
    """One 复查 or 复核, in the order in which they were asked for; `id` tells two of a kind apart."""

    id: int
    kind: ReviewKind
    unit_id: int
    applied_on: date
    decided_on: date | None = None
    served_on: date | None = None
    withdrawn_on: date | None = None
    """Taken back by the petitioner, or not taken on by the organ."""
    heard: tuple[date, date] | None = None
    """First and last day of the hearing."""
    sends_back: bool = False
    """撤销 or 责令重办: the unit handles the matter anew from the day of the opinion."""
    concluded_again_on: date | None = None


@dataclass(frozen=True)
class Return:
    """An objection that was agreed to: the matter has come back, to be sent on anew. `id` tells two of them apart."""

    id: int
    on: date
    sent_on: date | None = None
    """The next sending; of what the office then handled itself, the day on which it told the petitioner."""


def is_told_in_time(matter_class: MatterClass | None, *, anonymous: bool, judicial: bool) -> bool:
    """Whether art. 23 sets a time for telling the petitioner: not where nobody can be told (第二款), and 检举控告 and
    涉法涉诉 have rules of their own (第四款)."""
    return not (anonymous or matter_class is MatterClass.ACCUSATION or judicial)


@dataclass(frozen=True)
class PetitionFacts:
    """What is known of one petition. A 信访部门 that registers sends on; any other unit that registers handles."""

    registering_unit_id: int
    registered_by_bureau: bool
    received_on: date
    dispatched_on: date | None = None
    sent_on: date | None = None
    """The day of the sending in force, where it was not the first: until the unit signs, it is taken to have received the
    matter then."""
    assigned_on: date | None = None
    """The day of the 交办 in force, where it was not the day on which the matter was first sent on."""
    taken_directly: bool = False
    """直接受理: the office that registered it handles it, even if it had been sent elsewhere before."""
    responsible_unit_id: int | None = None
    unit_received_on: date | None = None
    objected_on: date | None = None
    notified_on: date | None = None
    acceptance: Acceptance | None = None
    handling_class: HandlingClass | None = None
    extension_days: int = 0
    extension_approved_on: date | None = None
    concluded_on: date | None = None
    served_on: date | None = None
    feedback_due_on: date | None = None
    reported_on: date | None = None
    ended_on: date | None = None
    """Merged, or void: every clock that still ran falls away."""
    anonymous: bool = False
    matter_class: MatterClass | None = None
    judicial: bool = False
    """涉法涉诉."""
    reviews: Sequence[ReviewFacts] = field(default=())
    returns: Sequence[Return] = field(default=())

    @property
    def is_direct(self) -> bool:
        return self.taken_directly or self.dispatched_on is None

    @property
    def is_told_in_time(self) -> bool:
        return is_told_in_time(self.matter_class, anonymous=self.anonymous, judicial=self.judicial)

    @property
    def reached_unit_on(self) -> date | None:
        """When the unit received it. While it has not signed, and done nothing either, the day it was sent; of what was
        taken directly without a day of its own, the day the office received it."""
        if self.unit_received_on is not None:
            return self.unit_received_on
        if self.taken_directly:
            return self.received_on if self.notified_on or not self.concluded_on else None
        silent = self.notified_on is None and self.concluded_on is None and not self.is_direct
        waits = silent and self.responsible_unit_id is not None
        return (self.sent_on or self.dispatched_on) if waits else None

    @property
    def held_by(self) -> int | None:
        """The unit whose clocks run: of what was taken directly and names none, the one that registered it."""
        taken = self.responsible_unit_id is None and self.taken_directly
        return self.registering_unit_id if taken else self.responsible_unit_id


@dataclass(frozen=True)
class Clock:
    """One run of one limit: what `rules.time_limits` needs to reckon it, and how it ended."""

    key: str
    unit_id: int | None
    started_on: date
    start_words: str
    """The event, as the trace tells it: 收到, 受理 …"""
    occasion: int = 0
    met_on: date | None = None
    ended_on: date | None = None
    extension_days: int = 0
    extension_approved_on: date | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    fixed_due_on: date | None = None
    """A date that a letter gave, instead of a number of days."""
    assumed: bool = False
    """暂按转送日: the unit has not signed, so its clock runs from the day it was sent, until it does."""

    @property
    def is_duty(self) -> bool:
        return self.key not in RIGHTS


def clocks_of(facts: PetitionFacts) -> list[Clock]:
    """Every clock that has started, in the order of the law."""
    found = [*_first(facts), *_handling(facts), *_reviews(facts)]
    return [_ended(clock, facts.ended_on) for clock in found]


def _ended(clock: Clock, ended_on: date | None) -> Clock:
    if ended_on is None or clock.met_on is not None or clock.ended_on is not None:
        return clock
    return replace(clock, ended_on=ended_on)


def _first(facts: PetitionFacts) -> Iterator[Clock]:
    direct = facts.is_direct
    if facts.registered_by_bureau:
        met = facts.dispatched_on or (facts.notified_on if direct else None)
        yield Clock(DISPATCH, facts.registering_unit_id, facts.received_on, "收到", met_on=met)
    for back in facts.returns:
        yield Clock(DISPATCH, facts.registering_unit_id, back.on, "同意退回", back.id, met_on=back.sent_on)
    if facts.reached_unit_on is not None:
        if facts.is_told_in_time:
            yield _of_the_unit(facts, DIRECT_NOTICE if direct else NOTICE, met_on=facts.notified_on)
        if not direct:
            yield _to_object(facts)


def _to_object(facts: PetitionFacts) -> Clock:
    """Whoever tells the petitioner has taken the matter on."""
    over = facts.notified_on if facts.objected_on is None else None
    return replace(_of_the_unit(facts, OBJECTION, met_on=facts.objected_on), ended_on=over)


def _of_the_unit(facts: PetitionFacts, key: str, *, met_on: date | None) -> Clock:
    assert facts.reached_unit_on is not None
    assumed = facts.unit_received_on is None and not facts.taken_directly
    words = "转送交办" if assumed else "单位收到"
    return Clock(key, facts.held_by, facts.reached_unit_on, words, met_on=met_on, assumed=assumed)


def _handling(facts: PetitionFacts) -> Iterator[Clock]:
    accepted = facts.acceptance is Acceptance.ACCEPTED and facts.notified_on is not None
    if accepted and facts.notified_on and facts.handling_class is HandlingClass.PETITION:
        yield Clock(
            HANDLE,
            facts.held_by,
            facts.notified_on,
            "受理",
            met_on=facts.concluded_on,
            extension_days=facts.extension_days,
            extension_approved_on=facts.extension_approved_on,
        )
        yield from _handled_anew(facts)
    if facts.feedback_due_on is not None and facts.dispatched_on is not None:
        yield Clock(
            FEEDBACK,
            facts.held_by,
            facts.assigned_on or facts.dispatched_on,
            "交办",
            met_on=facts.reported_on,
            fixed_due_on=facts.feedback_due_on,
        )


def _handled_anew(facts: PetitionFacts) -> Iterator[Clock]:
    """What a review sent back has 60 days of its own from the opinion; the first conclusion still met the first."""
    for review in facts.reviews:
        if review.sends_back and review.decided_on is not None:
            yield Clock(
                HANDLE,
                facts.held_by,
                review.decided_on,
                "重新办理",
                review.id,
                met_on=review.concluded_again_on,
            )


def _reviews(facts: PetitionFacts) -> Iterator[Clock]:
    if facts.served_on is not None and facts.handling_class is HandlingClass.PETITION:
        asked = _asked(facts.reviews, ReviewKind.REVIEW, facts.served_on)
        yield Clock(ASK_REVIEW, None, facts.served_on, "答复送达", met_on=asked)
    for place, review in enumerate(facts.reviews):
        yield _decision(review)
        if review.kind is ReviewKind.REVIEW and review.served_on is not None:
            asked = _asked(facts.reviews[place + 1 :], ReviewKind.RE_REVIEW, review.served_on)
            yield Clock(ASK_RE_REVIEW, None, review.served_on, "复查意见送达", review.id, met_on=asked)


def _asked(reviews: Sequence[ReviewFacts], kind: ReviewKind, served_on: date) -> date | None:
    """The day on which the opinion served then was contested; a request taken back leaves the time as it was."""
    return next(
        (
            r.applied_on
            for r in reviews
            if r.kind is kind and r.applied_on >= served_on and r.withdrawn_on is None
        ),
        None,
    )


def _decision(review: ReviewFacts) -> Clock:
    """Only 复核 stands still during a hearing (第三十六条); the regulation says so of nothing else."""
    again = review.kind is ReviewKind.RE_REVIEW
    return Clock(
        DECIDE_RE_REVIEW if again else DECIDE_REVIEW,
        review.unit_id,
        review.applied_on,
        "收到复核申请" if again else "收到复查申请",
        review.id,
        met_on=review.decided_on,
        ended_on=review.withdrawn_on if review.decided_on is None else None,
        pauses=(review.heard,) if again and review.heard else (),
    )
