"""调解协议书 (信访工作条例 art. 33): what both sides agreed on of their own will."""

from rules.form_rows import FormCell, FormRow
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    filled,
    named,
    paragraphs,
    sentence,
)

_DAY = "　　年　月　日"


def mediation(facts: LetterFacts) -> LetterText:
    agreed = facts.mediation
    lines = [
        f"甲方：{sentence(agreed.first_party, '甲方')}。",
        f"乙方：{sentence(agreed.second_party, '乙方')}。",
        f"调解单位：{filled(facts.issuer, '调解单位')}。",
        f"甲乙双方因{named(facts.petition)}，根据{article('第三十三条')}规定，在平等、自愿的基础上，经"
        f"{facts.issuer}于{date_text(agreed.day, '调解日期')}在{sentence(agreed.place, '调解地点')}主持调解，达成如下协议：",
        "一、争议事项",
        paragraphs(agreed.dispute, "争议事项"),
        "二、协议内容",
        paragraphs(agreed.terms, "协议内容"),
        "三、履行方式和期限",
        paragraphs(agreed.performance, "履行方式和期限"),
        "四、其他",
        "本协议不违反政策法规的强制性规定，自双方签名或者盖章之日起生效。本协议一式三份，双方各执一份，调解单位存档一份。",
    ]
    return LetterText(title="信访事项调解协议书", source="\n".join(lines), form=(_signing(),))


def _signing() -> FormRow:
    """Where the three sign."""
    words = ("甲方签名（盖章）：", "乙方签名（盖章）：", "调解单位盖章：")
    return FormRow(tuple(FormCell(text, 4, foot=_DAY) for text in words), lines=5)
