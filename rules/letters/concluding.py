"""办结报告 to the office that assigned the matter (信访工作条例 art. 22, first paragraph, item 3)."""

from dataclasses import replace

from rules.letters.addressing import to_unit
from rules.letters.facts import LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    date_text,
    filled,
    named,
    paragraphs,
    topic,
    we,
    you,
)


def conclusion_report(facts: LetterFacts) -> LetterText:
    passing, petition, found = facts.passing, facts.petition, facts.conclusion
    us, them = we(facts.issuer), you(passing.sender)
    lines = [
        f"{them}{date_text(passing.sent_on, '交办日期')}以{filled(passing.number, '交办文号')}交办的{named(petition)}，"
        f"{us}已办结。现将办理情况报告如下：",
        "一、基本情况",
        f"信访人：{filled(petition.petitioner, '信访人')}。投诉请求：{paragraphs(petition.request, '投诉请求')}",
        "二、调查情况",
        paragraphs(found.investigation, "调查情况"),
        "三、处理结果",
        paragraphs(found.result, "处理结果"),
        "四、信访人意见",
        paragraphs(found.petitioner_opinion, "信访人意见"),
        "特此报告。",
    ]
    title = f"{facts.issuer}关于{topic(petition)}信访事项办理情况的报告"
    return replace(to_unit(facts, title, passing.sender, lines), signer=facts.signer)
