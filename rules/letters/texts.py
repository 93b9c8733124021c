"""One place that makes the text of any letter."""

from collections.abc import Callable

from rules.letters.accepting import acceptance, already_handled, no_longer, refusal
from rules.letters.concluding import conclusion_report
from rules.letters.extending import extension_approval, extension_notice
from rules.letters.facts import LetterFacts
from rules.letters.hearing import hearing_notice
from rules.letters.kinds import LetterKind
from rules.letters.mediating import mediation
from rules.letters.objecting import objection, objection_decision
from rules.letters.passing_on import assign, dispatch_notice, forward
from rules.letters.replying import reply
from rules.letters.reviewing import rereview_opinion, review_acceptance, review_opinion
from rules.letters.serving import service_return
from rules.letters.text import LetterText

_TEXTS: dict[LetterKind, Callable[[LetterFacts], LetterText]] = {
    LetterKind.FORWARD: forward,
    LetterKind.ASSIGN: assign,
    LetterKind.DISPATCH_NOTICE: dispatch_notice,
    LetterKind.ACCEPTANCE: acceptance,
    LetterKind.REFUSAL: refusal,
    LetterKind.NO_LONGER: no_longer,
    LetterKind.ALREADY_HANDLED: already_handled,
    LetterKind.OBJECTION: objection,
    LetterKind.OBJECTION_DECISION: objection_decision,
    LetterKind.EXTENSION_APPROVAL: extension_approval,
    LetterKind.EXTENSION_NOTICE: extension_notice,
    LetterKind.REPLY: reply,
    LetterKind.REVIEW_ACCEPTANCE: review_acceptance,
    LetterKind.REVIEW_OPINION: review_opinion,
    LetterKind.REREVIEW_OPINION: rereview_opinion,
    LetterKind.HEARING_NOTICE: hearing_notice,
    LetterKind.SERVICE_RETURN: service_return,
    LetterKind.CONCLUSION_REPORT: conclusion_report,
    LetterKind.MEDIATION: mediation,
}


def letter_text(kind: LetterKind, facts: LetterFacts) -> LetterText:
    """The text to begin with. It never fails: what is not known yet stands as 〔请填写…〕, and no letter with such a
    place is issued (`rules.letters.required`)."""
    return _TEXTS[kind](facts)
