"""A letter's own dates and names must agree with the regulation and with each other."""

from collections.abc import Iterator
from datetime import timedelta

from rules.errors import RuleViolation
from rules.letters.facts import LetterFacts
from rules.letters.kinds import LetterKind
from rules.letters.wording import date_text
from rules.petition_words import HandlingClass, ReviewKind

DAYS_TO_HANDLE, MOST_DAYS_LONGER, DAYS_TO_REVIEW = 60, 30, 30
"""Art. 34, 35 and 36."""

_BY_OPINION = frozenset({LetterKind.EXTENSION_APPROVAL, LetterKind.EXTENSION_NOTICE, LetterKind.REPLY})
"""Only what falls under art. 31, item 6, is handled within 60 days and ends with a 信访处理意见书."""

_REVIEWS = frozenset({LetterKind.REVIEW_OPINION, LetterKind.REREVIEW_OPINION})
_EXTENDED = frozenset({LetterKind.EXTENSION_APPROVAL, LetterKind.EXTENSION_NOTICE})


def contradictions(kind: LetterKind, facts: LetterFacts) -> list[RuleViolation]:
    """Each at its field."""
    return [RuleViolation(message, field) for message, field in _found(kind, facts)]


def _found(kind: LetterKind, facts: LetterFacts) -> Iterator[tuple[str, str]]:
    if kind in _BY_OPINION and facts.petition.handling is not HandlingClass.PETITION:
        yield (
            "只有《信访工作条例》第三十一条第六项规定的事项才出具信访处理意见书、适用60日办理期限。",
            "petition.handling",
        )
    if kind in _EXTENDED:
        yield from _extension(facts)
    if kind is LetterKind.ACCEPTANCE:
        yield from _acceptance(facts)
    if kind is LetterKind.ASSIGN:
        yield from _assignment(facts)
    if kind is LetterKind.OBJECTION_DECISION:
        yield from _objection(facts)
    yield from _organs(kind, facts)


def _extension(facts: LetterFacts) -> Iterator[tuple[str, str]]:
    extension, due = facts.extension, facts.due
    if extension.days is not None and not 1 <= extension.days <= MOST_DAYS_LONGER:
        yield f"延长期限不得超过{MOST_DAYS_LONGER}日（《信访工作条例》第三十四条）。", "extension.days"
    elif extension.days and due.due_on and extension.new_due_on:
        last = due.due_on + timedelta(extension.days)
        if extension.new_due_on != last:
            yield f"原办理期限加上延长天数应为{date_text(last)}。", "extension.new_due_on"
    if extension.approved_on and due.due_on and extension.approved_on > due.due_on:
        yield "延期应当在原办理期限届满以前批准。", "extension.approved_on"


def _acceptance(facts: LetterFacts) -> Iterator[tuple[str, str]]:
    due = facts.due
    if facts.petition.handling is not HandlingClass.PETITION:
        return
    if not due.due_on:
        yield "请填写办理期限。", "due.due_on"
    elif due.accepted_on and due.due_on > due.accepted_on + timedelta(DAYS_TO_HANDLE):
        last = due.accepted_on + timedelta(DAYS_TO_HANDLE)
        yield (
            f"自受理之日起60日内办结，办理期限不得晚于{date_text(last)}（《信访工作条例》第三十四条）。",
            "due.due_on",
        )


def _assignment(facts: LetterFacts) -> Iterator[tuple[str, str]]:
    by, sent = facts.passing.feedback_by, facts.day
    if by and sent and by <= sent:
        yield "反馈期限应当晚于发文日期。", "passing.feedback_by"


def _objection(facts: LetterFacts) -> Iterator[tuple[str, str]]:
    found = facts.objection
    if found.is_agreed is False and not found.decision_reason.strip():
        yield "不同意异议的，请写明理由。", "objection.decision_reason"


def _organs(kind: LetterKind, facts: LetterFacts) -> Iterator[tuple[str, str]]:
    """Reviews are the next-higher organ's, and have 30 days."""
    review = facts.review
    if kind is LetterKind.REPLY and facts.reply.review_organ == facts.issuer != "":
        yield "复查机关是本单位的上一级机关、单位，不能是本单位。", "reply.review_organ"
    if kind is LetterKind.REVIEW_OPINION and review.next_organ == facts.issuer != "":
        yield "复核机关是本单位的上一级机关、单位，不能是本单位。", "review.next_organ"
    if kind in _REVIEWS and review.disputed and review.disputed.unit == facts.issuer:
        yield "复查、复核不能由作出原意见的单位办理。", "issuer"
    if kind is LetterKind.REVIEW_ACCEPTANCE and not review.refusal_reason.strip():
        yield from _review_due(facts)


def _review_due(facts: LetterFacts) -> Iterator[tuple[str, str]]:
    review = facts.review
    word, place = review.kind.label, "五" if review.kind is ReviewKind.REVIEW else "六"
    if not review.due_on:
        yield f"请填写{word}期限。", "review.due_on"
    elif review.requested_on and review.due_on > review.requested_on + timedelta(DAYS_TO_REVIEW):
        last = review.requested_on + timedelta(DAYS_TO_REVIEW)
        yield f"{word}期限不得晚于{date_text(last)}（《信访工作条例》第三十{place}条）。", "review.due_on"
