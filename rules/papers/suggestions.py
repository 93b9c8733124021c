"""改进工作建议书, 完善政策建议, 追究责任建议书 (信访工作条例第十四条第二款第六项、第四十条)."""

from dataclasses import dataclass
from datetime import date

from rules.letters.text import LetterText
from rules.letters.wording import article, date_text, filled, paragraphs, we, you
from rules.supervision_words import SuggestionKind


@dataclass(frozen=True)
class SuggestionFacts:
    """`petitions` are numbers of the matters it rests on that the addressee may read, of `rests_on` in all: no names,
    no titles."""

    issuer: str
    kind: SuggestionKind
    target: str
    title: str
    reason: str
    content: str
    petitions: tuple[str, ...] = ()
    rests_on: int = 0
    reply_due_on: date | None = None


def suggestion_text(facts: SuggestionFacts) -> LetterText:
    """Why, on which matters, what is suggested, by when the written answer is asked for."""
    lines = [
        "一、事由",
        paragraphs(facts.reason, "事由"),
        *_rests_on(facts),
        "二、建议",
        f"根据{article(_BASIS[facts.kind])}规定，{_ASKS[facts.kind]}：",
        paragraphs(facts.content, "建议内容"),
        "三、反馈要求",
        f"请{_addressed(facts)}于{date_text(facts.reply_due_on, '要求反馈日期')}前，将采纳情况书面反馈{we(facts.issuer)}；"
        "未采纳的，说明理由。",
    ]
    return LetterText(title=facts.title, source="\n".join(lines), addressee=filled(facts.target, "主送机关"))


_BASIS = {
    SuggestionKind.WORK: "第四十条",
    SuggestionKind.POLICY: "第十四条第二款第六项",
    SuggestionKind.LIABILITY: "第十四条第二款第六项",
}
_ASKS = {
    SuggestionKind.WORK: "提出以下改进工作的建议",
    SuggestionKind.POLICY: "提出以下完善政策的建议",
    SuggestionKind.LIABILITY: "建议按照管理权限，对有关责任单位、责任人员追究责任",
}


def _addressed(facts: SuggestionFacts) -> str:
    """A report to the committee and government above asks without 你."""
    return "县委、县政府有关部门" if facts.kind is SuggestionKind.POLICY else you(facts.target)


def _rests_on(facts: SuggestionFacts) -> list[str]:
    if not facts.rests_on:
        return []
    named = f"，其中{'、'.join(facts.petitions)}" if facts.petitions else ""
    return [f"依据的信访事项共{facts.rests_on}件{named}。"]
