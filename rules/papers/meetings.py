"""会议通知, 会议纪要 and 提请研究的报告 of joint meetings (信访工作条例第十一至十三条). Matters are called by number and kind, never
by who brought them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from rules.letters.text import LetterText
from rules.letters.wording import date_text, filled, paragraphs, sentence, we

NUMERALS = "一二三四五六七八九十"
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class DecisionFacts:
    content: str
    unit: str
    person: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class ItemFacts:
    """`outcome` is a label of `ItemOutcome`, `goes_to` the body above that is asked."""

    title: str
    reporting_unit: str = ""
    discussion: str = ""
    outcome: str = ""
    goes_to: str = ""
    decisions: tuple[DecisionFacts, ...] = ()


@dataclass(frozen=True)
class MeetingFacts:
    """`members`, `guests` and so on are offices or posts, in their order."""

    issuer: str
    name: str
    day: date
    starts_at: time | None = None
    place: str = ""
    convenor: str = ""
    chair: str = ""
    items: tuple[ItemFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    """Those that belong to no item."""
    members: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    clerks: tuple[str, ...] = ()


def notice(facts: MeetingFacts) -> LetterText:
    """When and where, what about, who reports, who comes."""
    lines = [
        f"经研究，定于{_moment(facts)}召开{facts.name}。现将有关事项通知如下：",
        "一、时间和地点",
        f"{_moment(facts)}，{filled(facts.place, '会议地点')}。",
        "二、会议议题",
        *(_agenda_line(n, item) for n, item in enumerate(facts.items, start=1)),
        *([] if facts.items else [f"{filled('', '会议议题')}。"]),
        "三、参会人员",
        f"{_listed(facts.members, '参会单位和人员')}。",
        *([f"列席：{_listed(facts.guests, '')}。"] if facts.guests else []),
        "四、有关要求",
        "汇报单位请准备书面材料，写明办理经过、存在的困难和下一步打算；参会人员不能参加的，会前向主持人请假。",
    ]
    return LetterText(
        title=f"关于召开{facts.name}的通知",
        source="\n".join(lines),
        addressee="、".join(dict.fromkeys((*facts.members, *facts.guests)))[:300],
    )


def minutes(facts: MeetingFacts) -> LetterText:
    """What was studied item by item, what was decided, who was there."""
    lines = [f"{_held(facts)}，研究信访工作。现纪要如下："]
    for number, item in enumerate(facts.items):
        lines += [f"{_numeral(number)}、{sentence(item.title, '议题')}", *_item_lines(item)]
    if facts.decisions:
        lines += [f"{_numeral(len(facts.items))}、其他议定事项", *_decided(facts.decisions)]
    lines += [
        f"{label}：{_listed(names, '')}。"
        for label, names in (
            ("出席", facts.members),
            ("列席", facts.guests),
            ("请假", facts.excused),
            ("缺席", facts.absent),
            ("记录", facts.clerks),
        )
        if names
    ]
    return LetterText(title=f"{facts.name}纪要", source="\n".join(lines))


def escalation(facts: MeetingFacts) -> LetterText:
    """What this level cannot settle, what it did about it, and what it asks for."""
    asked = [item for item in facts.items if item.goes_to]
    bodies = "、".join(dict.fromkeys(item.goes_to for item in asked))
    lines = [
        f"{date_text(facts.day)}，{facts.name}研究了下列事项，{we(facts.issuer)}难以解决，现提请{bodies}研究。"
    ]
    for number, item in enumerate(asked):
        lines += [
            f"{_numeral(number)}、{sentence(item.title, '议题')}",
            f"研究情况：{paragraphs(item.discussion, '本级研究情况和存在的困难')}",
            f"提请{item.goes_to}研究：{filled('', '需要上级明确或者协调解决的事')}。",
        ]
    lines.append("妥否，请批示。")
    return LetterText(title=f"关于提请{bodies}研究信访事项的报告", source="\n".join(lines))


def _item_lines(item: ItemFacts) -> list[str]:
    lines = [f"会议听取了{item.reporting_unit}的汇报。"] if item.reporting_unit else []
    if item.discussion:
        lines.append(paragraphs(item.discussion, "研究情况"))
    lines += _decided(item.decisions)
    if item.goes_to:
        lines.append(f"会议决定，提请{item.goes_to}研究。")
    elif item.outcome and not item.decisions:
        lines.append(f"研究结果：{item.outcome}。")
    return lines


def _decided(decisions: Iterable[DecisionFacts]) -> list[str]:
    return [f"会议议定：{sentence(d.content, '议定事项')}，{_by_whom(d)}。" for d in decisions]


def _by_whom(decision: DecisionFacts) -> str:
    person = f"（责任人：{decision.person}）" if decision.person else ""
    due = f"，{date_text(decision.due_on)}前完成" if decision.due_on else ""
    return f"由{decision.unit}{person}负责{due}"


def _agenda_line(number: int, item: ItemFacts) -> str:
    reports = f"（{item.reporting_unit}汇报）" if item.reporting_unit else ""
    return f"{number}.{sentence(item.title, '议题')}{reports}。"


def _held(facts: MeetingFacts) -> str:
    chair = sentence(facts.chair, "主持人")
    place = f"在{facts.place}" if facts.place else ""
    return f"{date_text(facts.day, '会议日期')}，{chair}{place}主持召开{facts.name}"


def _moment(facts: MeetingFacts) -> str:
    """2026年7月20日（星期一）9:00"""
    day = f"{date_text(facts.day, '会议日期')}（星期{_WEEKDAYS[facts.day.weekday()]}）"
    return f"{day}{facts.starts_at.hour}:{facts.starts_at.minute:02}" if facts.starts_at else day


def _listed(names: Sequence[str], label: str) -> str:
    return "、".join(names) or filled("", label)


def _numeral(number: int) -> str:
    """0 is 一, 10 is 十一, 20 is 二十一."""
    tens, ones = divmod(number + 1, 10)
    if not tens:
        return NUMERALS[ones - 1]
    head = "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return f"{head}{NUMERALS[ones - 1] if ones else ''}"
