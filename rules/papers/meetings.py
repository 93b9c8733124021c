"""会议通知, 会议纪要 and 提请研究的报告 of joint meetings (信访工作条例第十一至十三条). Matters are called by number and kind, never
by who brought them. 纪要 have a head of their own, who attended stands under the text (GB/T 9704-2012, 10.3)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from rules.letters.text import LetterText
from rules.letters.wording import date_text, filled, moment_text, paragraphs, sentence, we
from rules.meeting_words import MeetingKind
from rules.papers.ready import LONGEST_NAMES

NUMERALS = "一二三四五六七八九十"


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


_BODIES = {
    MeetingKind.JOINT: ("", "信访工作联席会议"),
    MeetingKind.PARTY_AND_GOVERNMENT: ("", "党政联席会议"),
    MeetingKind.GOVERNMENT: ("", "人民政府常务会议"),
    MeetingKind.COMMITTEE: ("中共", "委常委会会议"),
}
_SEATS = ("委县政府", "委市政府", "委区政府", "人民政府", "党委政府")
"""Tails of a place's name where its unit is called after its offices: 云江县委县政府."""


@dataclass(frozen=True)
class MeetingBody:
    """安澜县 and 信访工作联席会议: whose meeting it is, and what kind."""

    place: str
    kind: str

    @property
    def name(self) -> str:
        """What stands in red above its 纪要, before that word."""
        return f"{self.place}{self.kind}"


def meeting_body(place: str, kind: MeetingKind) -> MeetingBody:
    """`place` is the name of the county or township."""
    before, after = _BODIES[kind]
    seat = next((tail for tail in _SEATS if place.endswith(tail)), "")
    return MeetingBody(f"{before}{place.removesuffix(seat)}", after)


@dataclass(frozen=True)
class MeetingFacts:
    """`title` and `session_no` are empty where nobody gave them. `members`, `guests` and so on are offices or posts, in
    their order; `invited` the offices among them, by their full names."""

    issuer: str
    body: MeetingBody
    day: date
    title: str = ""
    session_no: str = ""
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
    is_attendance_known: bool = True
    """Whether it was entered who came."""
    invited: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """安澜县信访工作联席会议（2026年第3次）: for a place in which the day stands already."""
        return self.title or f"{self.body.name}{f'（{self.session_no}）' if self.session_no else ''}"

    @property
    def dated_name(self) -> str:
        """安澜县2026年7月15日信访工作联席会议, where nothing else tells it from others of its kind."""
        if self.title or self.session_no:
            return self.name
        return f"{self.body.place}{date_text(self.day)}{self.body.kind}"


def notice(facts: MeetingFacts) -> LetterText:
    """When and where, what about, who reports, who comes."""
    lines = [
        f"经研究，定于{moment_text(facts.day, facts.starts_at)}召开{facts.name}。现将有关事项通知如下：",
        "一、时间和地点",
        f"{moment_text(facts.day, facts.starts_at)}，{filled(facts.place, '会议地点')}。",
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
        addressee=_addressee(facts.invited),
    )


def minutes(facts: MeetingFacts) -> LetterText:
    """What was studied item by item, what was decided; at last who was there, a line for each of `ATTENDANCE`."""
    lines = [f"{_held(facts)}，研究信访工作。现纪要如下："]
    for number, item in enumerate(facts.items):
        lines += [f"{_numeral(number)}、{sentence(item.title, '议题')}", *_item_lines(item)]
    if facts.decisions:
        lines += [f"{_numeral(len(facts.items))}、其他议定事项", *_decided(facts.decisions)]
    lines += [f"{label}：{_listed(names, '')}。" for label, names in _attended(facts) if any(names)]
    return LetterText(title=f"{facts.dated_name}纪要", source="\n".join(lines))


def _attended(facts: MeetingFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    convenor = "" if facts.convenor == facts.chair else facts.convenor
    members = facts.members if facts.is_attendance_known else (*facts.members, filled("", "到会的单位和人员"))
    people = ((facts.chair,), (convenor,), members, facts.guests, facts.excused, facts.absent)
    return tuple(zip(ATTENDANCE, (*people, facts.clerks), strict=True))


ATTENDANCE = ("主持", "召集", "出席", "列席", "请假", "缺席", "记录")


def without_attendance(source: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of 纪要, and (label, names) of the lines at its end that say who was there: they are printed under it."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    found: list[tuple[str, str]] = []
    while lines and lines[-1].partition("：")[0] in ATTENDANCE:
        label, _colon, names = lines.pop().partition("：")
        found.insert(0, (label, names))
    return "\n".join(lines), tuple(found)


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
    return [f"会议议定：{_what(d)}，{_by_whom(d)}。" for d in decisions]


def _what(decision: DecisionFacts) -> str:
    """As it was written; a limit in it gets its year (GB/T 9704 7.3.5.4: 年份全称)."""
    content = sentence(decision.content, "议定事项")
    return _limit(decision).sub(date_text(decision.due_on), content) if decision.due_on else content


def _by_whom(decision: DecisionFacts) -> str:
    """The limit, unless what was decided says it already."""
    person = f"（责任人：{decision.person}）" if decision.person else ""
    is_told = decision.due_on is None or _limit(decision).search(decision.content)
    due = "" if is_told else f"，{date_text(decision.due_on)}前完成"
    return f"由{decision.unit}{person}负责{due}"


def _limit(decision: DecisionFacts) -> re.Pattern[str]:
    """Its last day as people write it, with its year or without."""
    day = decision.due_on
    assert day is not None
    return re.compile(rf"(?:{day.year}年|(?<![年\d])){day.month}月{day.day}日")


def _agenda_line(number: int, item: ItemFacts) -> str:
    reports = f"（{item.reporting_unit}汇报）" if item.reporting_unit else ""
    return f"{number}.{sentence(item.title, '议题')}{reports}。"


def _held(facts: MeetingFacts) -> str:
    chair = sentence(facts.chair, "主持人")
    place = f"在{facts.place}" if facts.place else ""
    return f"{date_text(facts.day, '会议日期')}，{chair}{place}主持召开{facts.name}"


def _listed(names: Sequence[str], label: str) -> str:
    return "、".join(names) or filled("", label)


def _addressee(offices: Iterable[str]) -> str:
    """Too many for one line are named in the text."""
    named = "、".join(dict.fromkeys(offices))
    return named if len(named) <= LONGEST_NAMES else "各参会单位"


def _numeral(number: int) -> str:
    """0 is 一, 10 is 十一, 20 is 二十一."""
    tens, ones = divmod(number + 1, 10)
    if not tens:
        return NUMERALS[ones - 1]
    head = "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return f"{head}{NUMERALS[ones - 1] if ones else ''}"
