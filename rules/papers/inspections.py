"""督查通知 and 督查反馈意见 (信访工作条例第三十八条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.letters.text import LetterText
from rules.letters.wording import article, date_text, filled, paragraphs, sentence, we, you


@dataclass(frozen=True)
class NoticeFacts:
    issuer: str
    title: str
    starts_on: date
    ends_on: date
    units: Sequence[str]
    purpose: str = ""
    lead: str = ""
    joint_units: str = ""


@dataclass(frozen=True)
class FeedbackFacts:
    """`unit` as a letter addresses it; `problems` are (what is wrong, by when it is put right)."""

    issuer: str
    title: str
    unit: str
    visited_on: date | None
    record: str
    problems: Sequence[tuple[str, date | None]]


def inspection_notice(facts: NoticeFacts) -> LetterText:
    """To all units that are visited."""
    joint = f"，会同{sentence(facts.joint_units, '联合单位')}" if facts.joint_units.strip() else ""
    lines = [
        f"根据{article('第三十八条')}规定，{we(facts.issuer)}定于{date_text(facts.starts_on)}至{date_text(facts.ends_on)}"
        f"{joint}开展“{sentence(facts.title, '督查名称')}”。现将有关事项通知如下：",
        "一、督查内容",
        paragraphs(facts.purpose, "督查内容"),
        "二、督查方式",
        "查阅登记和案卷，听取情况，实地查看，抽查办理和答复情况。",
        *(["三、带队领导", f"{sentence(facts.lead, '带队领导')}。"] if facts.lead.strip() else []),
        f"请被督查单位准备好{date_text(facts.starts_on)}以来办理信访事项的登记、文书和佐证材料，安排人员配合。",
    ]
    return LetterText(
        title=f"关于开展{facts.title}的通知", source="\n".join(lines), addressee="，".join(facts.units)
    )


def inspection_feedback(facts: FeedbackFacts) -> LetterText:
    """To one unit: what was found, what to put right by when."""
    if facts.problems:
        found = [
            f"{number}.{sentence(text, '问题')}。请于{date_text(day, '整改期限')}前整改。"
            for number, (text, day) in enumerate(facts.problems, start=1)
        ]
        asked = f"请{you(facts.unit)}逐项整改，并按上述期限将整改情况和佐证材料书面报送{we(facts.issuer)}。"
    else:
        found, asked = ["没有发现需要整改的问题。"], f"请{you(facts.unit)}继续保持。"
    lines = [
        f"根据{article('第三十八条')}规定，{we(facts.issuer)}于{date_text(facts.visited_on, '督查日期')}对{you(facts.unit)}"
        f"开展了“{sentence(facts.title, '督查名称')}”。现将情况反馈如下：",
        "一、督查情况",
        paragraphs(facts.record, "督查情况"),
        "二、存在的问题",
        *found,
        "三、有关要求",
        asked,
    ]
    return LetterText(
        title=f"关于{facts.title}的反馈意见",
        source="\n".join(lines),
        addressee=filled(facts.unit, "被督查单位"),
    )
