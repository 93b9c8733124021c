"""复查、复核: that the request is taken up, and the opinions (信访工作条例 art. 35, 36)."""

from rules.letters.addressing import to_petitioner
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    filled,
    named,
    opinion_text,
    paragraphs,
    petitioner_you,
    sentence,
    we,
)
from rules.petition_words import ReviewKind, ReviewOpinion

_ARTICLES = {ReviewKind.REVIEW: "第三十五条", ReviewKind.RE_REVIEW: "第三十六条"}

FINAL = (
    "根据《信访工作条例》第三十六条第三款规定，{you}对本复核意见不服，仍然以同一事实和理由提出投诉请求的，各级党委和政府"
    "信访部门和其他机关、单位不再受理。"
)


def review_acceptance(facts: LetterFacts) -> LetterText:
    """Taken up, with the day of the opinion; or not, with the reason."""
    review, us = facts.review, we(facts.issuer)
    word, place = review.kind.label, article(_ARTICLES[review.kind])
    asked = (
        f"{petitioner_you(facts.petition)}对{opinion_text(review.disputed, '不服的意见书')}不服，就{named(facts.petition)}"
        f"请求{word}，{us}于{date_text(review.requested_on, '收到请求的日期')}收到。"
    )
    if review.refusal_reason.strip():
        reason = sentence(review.refusal_reason, "不予受理的理由")
        lines = [asked, f"经审查，{reason}。根据{place}规定，{us}对该{word}请求不予受理。"]
        return to_petitioner(facts, f"信访事项{word}不予受理告知书", lines)
    hearing = "举行听证的，听证所需时间不计算在内。" if review.kind is ReviewKind.RE_REVIEW else ""
    lines = [
        asked,
        f"经审查，该请求符合规定，{us}予以受理。根据{place}规定，{us}将自收到请求之日起30日内，即"
        f"{date_text(review.due_on, f'{word}期限')}前提出{word}意见，并书面答复{petitioner_you(facts.petition)}。{hearing}",
        _ask(facts),
    ]
    return to_petitioner(facts, f"信访事项{word}受理告知书", lines)


def review_opinion(facts: LetterFacts) -> LetterText:
    """复查意见, with the right of 复核."""
    organ = filled(facts.review.next_organ, "复核机关")
    right = (
        f"{petitioner_you(facts.petition)}如对本复查意见不服，可以根据{article('第三十六条')}规定，自收到本意见书之日起"
        f"30日内，向{organ}请求复核。"
    )
    return _opinion(facts, ReviewKind.REVIEW, ["六、申请复核的权利", right])


def rereview_opinion(facts: LetterFacts) -> LetterText:
    """复核意见: with it the matter ends."""
    return _opinion(
        facts,
        ReviewKind.RE_REVIEW,
        ["六、终结告知", FINAL.format(you=petitioner_you(facts.petition))],
    )


def _opinion(facts: LetterFacts, kind: ReviewKind, end: list[str]) -> LetterText:
    petition, review, word = facts.petition, facts.review, kind.label
    respondent = review.disputed.unit if review.disputed else ""
    lines = [
        f"申请人：{filled(petition.petitioner, '信访人')}。",
        f"被申请人：{filled(respondent, '被申请人')}。",
        f"申请人对{opinion_text(review.disputed, '不服的意见书')}不服，就{named(petition)}请求{word}，"
        f"{we(facts.issuer)}于{date_text(review.requested_on, '收到请求的日期')}收到。根据{article(_ARTICLES[kind])}规定，"
        f"提出以下{word}意见：",
        f"一、{word}请求",
        paragraphs(review.request, f"{word}请求"),
        f"二、{_disputed_name(kind)}",
        paragraphs(review.disputed_content, _disputed_name(kind)),
        "三、认定的事实",
        paragraphs(review.found, "认定的事实"),
        f"四、{word}意见",
        _outcome(facts, kind),
        paragraphs(review.opinion, f"{word}意见"),
        "五、法律法规依据",
        paragraphs(review.basis, "法律法规依据"),
        *end,
    ]
    return to_petitioner(facts, f"信访事项{word}意见书", lines)


def _disputed_name(kind: ReviewKind) -> str:
    return "原处理意见" if kind is ReviewKind.REVIEW else "原复查意见"


def _outcome(facts: LetterFacts, kind: ReviewKind) -> str:
    outcome, disputed = facts.review.outcome, opinion_text(facts.review.disputed, "不服的意见书")
    if outcome is None:
        return f"{filled('', '维持、撤销、变更或者责令重办')}。"
    if outcome is ReviewOpinion.REDONE:
        unit = facts.review.disputed.unit if facts.review.disputed else filled("", "被申请人")
        return f"责令{unit}对该事项重新办理。"
    return f"{outcome.label}{disputed}。"


def _ask(facts: LetterFacts) -> str:
    return f"联系电话：{filled(facts.telephone, '联系电话')}。"
