"""三项建议 (信访工作条例第十四条第二款第六项、第四十条): which kind goes to whom, and what the written answer must say."""

from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.papers.kinds import PaperKind
from rules.supervision_words import Adoption, SuggestionKind
from rules.taxonomy import Labelled, UnitCategory

USUAL_REPLY_DAYS = 30
"""The regulation sets no number of days for the written answer; 《信访条例》(2005) art. 36 had 30. Only a proposal of the
form, to be changed freely."""

RECIPIENTS = {
    SuggestionKind.WORK: "有关机关、单位",
    SuggestionKind.POLICY: "本级党委、政府",
    SuggestionKind.LIABILITY: "有管理权限的机关（可以不在本系统里）",
}
PAPERS = {
    SuggestionKind.WORK: PaperKind.WORK_SUGGESTION,
    SuggestionKind.POLICY: PaperKind.POLICY_SUGGESTION,
    SuggestionKind.LIABILITY: PaperKind.LIABILITY_SUGGESTION,
}
LONGEST_TEXT = 5_000


@dataclass(frozen=True)
class SuggestionValues:
    kind: SuggestionKind
    title: str
    reason: str
    content: str
    target_text: str = ""
    target_category: UnitCategory | None = None
    """Of the unit it goes to; None where that stands outside the tree."""
    reply_due_on: date | None = None


def check_suggestion(values: SuggestionValues, today: date) -> list[RuleViolation]:
    """Every refusal, each at its field."""
    found = [*_about_the_target(values)]
    for field, label in (("title", "标题"), ("reason", "事由"), ("content", "建议内容")):
        if not getattr(values, field).strip():
            found.append(RuleViolation(f"请填写{label}。", field))
    if values.reply_due_on is None or values.reply_due_on < today:
        found.append(RuleViolation("请定要求反馈的日期，不早于今天。", "reply_due_on"))
    return found


def check_reply(
    adoption: Adoption, text: str, replied_on: date, issued_on: date, today: date
) -> list[RuleViolation]:
    """The answer is written, and says why what was not taken up was not (第四十条第四款)."""
    found = []
    if not issued_on <= replied_on <= today:
        found.append(RuleViolation(f"反馈日期应在发出日期 {issued_on} 之后，且不晚于今天。", "replied_on"))
    if adoption is not Adoption.ADOPTED and not text.strip():
        found.append(RuleViolation("未采纳或者部分采纳的，要写明理由。", "adoption_text"))
    elif not text.strip():
        found.append(RuleViolation("请写采纳落实的情况。", "adoption_text"))
    return found


def _about_the_target(values: SuggestionValues) -> list[RuleViolation]:
    named = bool(values.target_text.strip())
    if (values.target_category is None) != named:
        return [RuleViolation("请选一个单位，或者写明不在本系统里的机关，只填一处。", "target")]
    if values.kind is SuggestionKind.POLICY and values.target_category is not UnitCategory.COUNTY_COMMITTEE:
        return [RuleViolation("完善政策建议向本级党委、政府提出。", "target")]
    if values.kind is SuggestionKind.WORK and named:
        return [RuleViolation("改进工作建议向本县机关、单位提出，请从列表里选。", "target")]
    return []


class SuggestionState(Labelled):
    """状态 of a suggestion, on its list, its filter and its sheets alike."""

    DRAFT = "draft", "未发出"
    WAITING = "waiting", "待反馈"
    OVERDUE = "overdue", "超期未反馈"
    ANSWERED = "answered", "已反馈"
    VOID = "void", "已作废"


def state_of_suggestion(
    *, is_void: bool, issued_on: date | None, replied_on: date | None, reply_due_on: date | None, today: date
) -> SuggestionState:
    if is_void:
        return SuggestionState.VOID
    if issued_on is None:
        return SuggestionState.DRAFT
    if replied_on is not None:
        return SuggestionState.ANSWERED
    is_late = reply_due_on is not None and reply_due_on < today
    return SuggestionState.OVERDUE if is_late else SuggestionState.WAITING
