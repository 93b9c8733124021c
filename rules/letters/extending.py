"""延期审批表 and 延期告知书 (信访工作条例 art. 34)."""

from datetime import date

from rules.form_rows import pair, whole
from rules.letters.addressing import to_petitioner
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    enquiry,
    filled,
    named,
    petitioner_you,
    sentence,
    we,
)

_SIGN = "签名：　　　　　　　　　年　　月　　日"
LAW = "依据：《信访工作条例》第三十四条。延长期限不得超过30日，并告知信访人延期理由。"


def extension_approval(facts: LetterFacts) -> LetterText:
    """The form that the head of the unit signs."""
    petition, due, extension = facts.petition, facts.due, facts.extension
    days = f"{extension.days}日" if extension.days else ""
    rows = (
        pair("信访人", petition.petitioner, "事项编号", petition.number),
        whole("信访事项", petition.title),
        pair("责任单位", facts.issuer, "承办单位", due.handler),
        pair("受理日期", _day(due.accepted_on), "原期限", _day(due.due_on)),
        pair("延长天数", days, "新期限", _day(extension.new_due_on)),
        whole("延期理由", extension.reason, lines=6),
        whole("承办单位\n意见", extension.proposal, lines=4, foot=_SIGN),
        whole("单位\n负责人\n意见", extension.opinion, lines=4, foot=_SIGN),
        whole("告知情况", ""),
    )
    return LetterText(title="信访事项延期办理审批表", form=rows, below=LAW)


def extension_notice(facts: LetterFacts) -> LetterText:
    """The petitioner learns the reason and the new last day."""
    due, extension, us = facts.due, facts.extension, we(facts.issuer)
    days = str(extension.days) if extension.days else filled("", "延长天数")
    lines = [
        f"{petitioner_you(facts.petition)}提出的{named(facts.petition)}，{us}于{date_text(due.accepted_on, '受理日期')}"
        f"受理，办理期限至{date_text(due.due_on, '原办理期限')}。",
        f"因{sentence(extension.reason, '延期理由')}，情况复杂，根据{article('第三十四条')}规定，经{us}负责人批准，"
        f"办理期限延长{days}日，至{date_text(extension.new_due_on, '延长后的期限')}。",
        enquiry(facts),
    ]
    return to_petitioner(facts, "信访事项延期办理告知书", lines)


def _day(day: date | None) -> str:
    return date_text(day) if day else ""
