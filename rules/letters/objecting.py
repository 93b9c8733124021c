"""异议（退回）函 and the sender's answer (信访工作条例 art. 23, third paragraph)."""

from rules.letters.addressing import to_unit
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    filled,
    named,
    paragraphs,
    sentence,
    topic,
    we,
    you,
)


def objection(facts: LetterFacts) -> LetterText:
    """The unit gives the matter back: within 5 working days, with its reasons in detail."""
    passing, us, them = facts.passing, we(facts.issuer), you(facts.passing.sender)
    suggested = facts.objection.suggested_unit
    lines = [
        f"{them}{date_text(passing.sent_on, '转送日期')}以{filled(passing.number, '转送（交办）文号')}{passing.means}的"
        f"{named(facts.petition)}，{us}于{date_text(facts.objection.received_on, '收到日期')}收到。经研究，该事项不属于"
        f"{us}职权范围，根据{article('第二十三条第三款')}规定，现提出异议。",
        "一、异议理由",
        paragraphs(facts.objection.reason, "异议的详细理由"),
        "二、办理建议",
        f"建议{passing.means}{sentence(suggested, '建议的办理单位')}处理。",
        f"请予核实。经{them}核实同意后，{us}将及时交还相关材料。",
    ]
    title = f"关于对{topic(facts.petition)}信访事项提出异议的函"
    return to_unit(facts, title, passing.sender, lines)


def objection_decision(facts: LetterFacts) -> LetterText:
    """同意: the material comes back; 不同意: the terms of art. 23 go on."""
    found = facts.objection
    unit, us = you(facts.passing.unit), we(facts.issuer)
    decided = {None: _undecided, True: _agreed, False: _refused}[found.is_agreed](facts, unit, us)
    lines = [
        f"{unit}《{filled('', '异议函标题') if not facts.petition.title else _objection_title(facts)}》"
        f"（{filled(found.number, '异议函文号')}）收悉。根据{article('第二十三条第三款')}规定，经核实，现答复如下：",
        *decided,
    ]
    title = f"关于{topic(facts.petition)}信访事项异议的复函"
    return to_unit(facts, title, facts.passing.unit, lines)


def _objection_title(facts: LetterFacts) -> str:
    return f"关于对{topic(facts.petition)}信访事项提出异议的函"


def _agreed(facts: LetterFacts, unit: str, us: str) -> list[str]:
    suggested = facts.objection.suggested_unit
    further = f"该事项由{us}另行{facts.passing.means}{suggested}处理。" if suggested else ""
    return [f"同意{unit}提出的异议。请将相关材料交还{us}。{further}"]


def _refused(facts: LetterFacts, unit: str, us: str) -> list[str]:
    return [
        f"不同意{unit}提出的异议。{paragraphs(facts.objection.decision_reason, '不同意的理由')}",
        f"请{unit}依规依法处理该事项，在规定期限内书面告知信访人接收情况以及处理途径和程序。",
    ]


def _undecided(facts: LetterFacts, unit: str, us: str) -> list[str]:
    return [f"{filled('', '同意或者不同意')}。"]
