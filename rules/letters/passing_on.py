"""转送单, 交办函 and 去向告知书: what the petition office does with what it received (信访工作条例 art. 22, 23)."""

from rules.letters.addressing import source_text, to_petitioner, to_unit
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    enquiry,
    filled,
    named,
    paragraphs,
    petitioner_you,
    topic,
    we,
    you,
)
from rules.petition_words import HandlingClass, MatterClass

_KEEP_SAFE = "请妥善保管信访材料，保护信访人的个人信息。"
_NEVER_TO_THE_ACCUSED = (
    "请严格保密，不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位"
    "（《信访工作条例》第三十条第三款）。"
)


def forward(facts: LetterFacts) -> LetterText:
    """转送: the unit tells the petitioner within 15 days, or objects within 5 working days."""
    place = "第二十二条第二款" if _is_apart(facts) else "第二十二条第一款"
    lines = [
        f"{_received(facts)}根据{article(place)}规定，现转送{you(facts.passing.unit)}，请依规依法处理。",
        *_matter(facts),
        "二、有关要求",
        *_numbered([*_terms(facts), _secrecy(facts)]),
    ]
    return to_unit(facts, f"关于转送{topic(facts.petition)}信访事项的函", facts.passing.unit, lines)


def assign(facts: LetterFacts) -> LetterText:
    """交办: also a result by the day that is set, with a 办结报告."""
    feedback = (
        f"请于{date_text(facts.passing.feedback_by, '反馈期限')}前向{we(facts.issuer)}反馈办理结果，提交办结报告，"
        "并附信访处理意见书和送达回证。"
    )
    further = (
        [paragraphs(facts.passing.requirements, "办理要求")] if facts.passing.requirements.strip() else []
    )
    lines = [
        f"{_received(facts)}根据{article('第二十二条第一款第三项')}规定，现交由{you(facts.passing.unit)}办理。",
        *_matter(facts),
        "二、办理要求",
        *_numbered([feedback, *further, *_terms(facts), _secrecy(facts)]),
    ]
    return to_unit(facts, f"关于交办{topic(facts.petition)}信访事项的函", facts.passing.unit, lines)


def dispatch_notice(facts: LetterFacts) -> LetterText:
    """去向告知: where the matter went, and what the unit there has to do."""
    person, passing = petitioner_you(facts.petition), facts.passing
    lines = [
        f"{person}{source_text(facts.petition)}提出的{named(facts.petition)}，{we(facts.issuer)}已于"
        f"{date_text(facts.petition.received_on, '收到日期')}收到并登记。",
        f"根据{article('第二十二条')}规定，{we(facts.issuer)}已于{date_text(passing.sent_on, '转送日期')}将该事项"
        f"{passing.means}{filled(passing.unit, '责任单位')}。",
        f"根据{article('第二十三条')}规定，该单位对属于其职权范围的事项，应当自收到之日起15日内书面告知{person}"
        "接收情况以及处理途径和程序。",
        enquiry(facts),
    ]
    return to_petitioner(facts, "信访事项去向告知书", lines)


def _received(facts: LetterFacts) -> str:
    petition = facts.petition
    return (
        f"{we(facts.issuer)}于{date_text(petition.received_on, '收到日期')}收到{filled(petition.petitioner, '信访人')}"
        f"{source_text(facts.petition)}提出的{named(petition)}。"
    )


def _matter(facts: LetterFacts) -> list[str]:
    return [
        "一、信访事项",
        f"主要内容：{paragraphs(facts.petition.summary, '事项摘要')}",
        f"投诉请求：{paragraphs(facts.petition.request, '投诉请求')}",
    ]


def _terms(facts: LetterFacts) -> list[str]:
    """Art. 23, third paragraph."""
    unit, us = you(facts.passing.unit), we(facts.issuer)
    told = "按照有关规定告知信访人" if _is_apart(facts) else "自收到之日起15日内书面告知信访人"
    return [
        f"属于{unit}职权范围的，请{told}接收情况以及处理途径和程序。",
        f"不属于{unit}或者本系统职权范围的，请自收到之日起5个工作日内向{us}提出异议，并详细说明理由；经{us}核实同意后，"
        "交还相关材料。",
    ]


def _is_apart(facts: LetterFacts) -> bool:
    """涉法涉诉 and 检举控告: forwarded under art. 22, second paragraph, and told of by rules of their own (art. 23, fourth)."""
    petition = facts.petition
    return petition.matter_class is MatterClass.ACCUSATION or petition.handling is HandlingClass.LITIGATION


def _secrecy(facts: LetterFacts) -> str:
    is_accusation = facts.petition.matter_class is MatterClass.ACCUSATION
    return _NEVER_TO_THE_ACCUSED if is_accusation else _KEEP_SAFE


def _numbered(items: list[str]) -> list[str]:
    return [f"{number}.{item}" for number, item in enumerate(items, start=1)]
