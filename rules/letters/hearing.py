"""听证通知书 (信访工作条例 art. 31, item 6, and art. 36, second paragraph)."""

from rules.letters.addressing import to_petitioner
from rules.letters.facts import HearingFacts, LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    filled,
    moment_text,
    named,
    petitioner_you,
    sentence,
    we,
)


def hearing_notice(facts: LetterFacts) -> LetterText:
    hearing, us, person = facts.hearing, we(facts.issuer), petitioner_you(facts.petition)
    place = "第三十六条第二款" if hearing.for_rereview else "第三十一条第六项"
    lines = [
        f"{us}决定就{person}提出的{named(facts.petition)}举行听证。根据{article(place)}规定，现将有关事项通知如下：",
        f"一、听证时间：{_moment(hearing)}。",
        f"二、听证地点：{sentence(hearing.place, '听证地点')}。",
        f"三、听证事项：{sentence(hearing.subject, '听证事项')}。",
        f"四、主持人：{sentence(hearing.presider, '主持人')}。参加人：{sentence(hearing.participants, '参加人')}。",
        f"请{person}携带身份证件按时参加，并可以携带有关证据材料，在听证会上陈述事实和理由。委托代理人参加的，请提交授权委托书；"
        f"不能按时参加的，请提前告知，联系电话：{filled(facts.telephone, '联系电话')}。",
        *_not_counted(facts),
    ]
    return to_petitioner(facts, "信访事项听证通知书", lines)


def _moment(hearing: HearingFacts) -> str:
    if hearing.day is None or hearing.starts_at is None:
        return filled("", "听证时间")
    return moment_text(hearing.day, hearing.starts_at)


def _not_counted(facts: LetterFacts) -> list[str]:
    return ["听证所需时间不计算在复核期限内。"] if facts.hearing.for_rereview else []
