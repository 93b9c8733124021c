"""Joint meetings (联席会议, 条例第十一至十三条): how many a month, what may be done at which stage, which body stands above.

One a month for the county and three for each township are the county's own rule; the regulation gives no number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from rules.errors import RuleViolation
from rules.meeting_words import ItemOutcome, MeetingKind, MeetingLevel, MeetingState
from rules.periods import Period, PeriodKind
from rules.roles import Permission
from rules.taxonomy import TOWNSHIP_LEVEL, Labelled, UnitCategory

A_MONTH = {MeetingLevel.COUNTY: 1, MeetingLevel.TOWNSHIP: 3}
COUNTED_KINDS = (MeetingKind.JOINT, MeetingKind.PARTY_AND_GOVERNMENT)
"""A township may study petitions in its 党政联席会议 (第十三条第三款); bodies that are asked for an answer do not count."""
COUNTED_STATES = (MeetingState.HELD, MeetingState.MINUTED)
COUNTY_LEVEL = frozenset({UnitCategory.COUNTY_COMMITTEE, UnitCategory.BUREAU})

LONGEST_TITLE = 120
LONGEST_CONTENT = 500
LONGEST_RESULT = 500
LONGEST_EVIDENCE = 200
MOST_ITEMS = 40
MOST_DECISIONS = 40
MOST_ATTENDEES = 80
FURTHEST_PLANNED = timedelta(days=366)


class MeetingVerb(Labelled):
    """What may be done with a meeting."""

    CORRECT = "correct", "更正会议情况"
    ASK = "ask", "通知参会单位"
    PUT_ON_AGENDA = "put_on_agenda", "编排议题"
    HOLD = "hold", "登记已召开"
    RECORD = "record", "记录议定事项"
    MINUTE = "minute", "定稿"
    REOPEN = "reopen", "退回修改"
    VOID = "void", "作废"


@dataclass(frozen=True)
class Way:
    """At which stages a verb may be used, and by whom."""

    states: tuple[MeetingState, ...]
    permission: Permission = Permission.MEETINGS_WRITE


_PLANNED, _HELD, _MINUTED = MeetingState.PLANNED, MeetingState.HELD, MeetingState.MINUTED
WAYS: dict[MeetingVerb, Way] = {
    MeetingVerb.CORRECT: Way((_PLANNED, _HELD)),
    MeetingVerb.ASK: Way((_PLANNED, _HELD)),
    MeetingVerb.PUT_ON_AGENDA: Way((_PLANNED, _HELD)),
    MeetingVerb.HOLD: Way((_PLANNED,)),
    MeetingVerb.RECORD: Way((_HELD,)),
    MeetingVerb.MINUTE: Way((_HELD,), Permission.MEETINGS_MINUTE),
    MeetingVerb.REOPEN: Way((_MINUTED,), Permission.MEETINGS_MINUTE),
    MeetingVerb.VOID: Way((_PLANNED, _HELD)),
}
_WHY_NOT = {
    _PLANNED: "会议还没有登记召开。",
    _HELD: "会议已经召开。",
    _MINUTED: "会议记录已定稿；要改请先退回修改。",
}

_ABOVE: dict[tuple[MeetingLevel, MeetingKind], tuple[MeetingKind, ...]] = {
    (MeetingLevel.COUNTY, MeetingKind.JOINT): (MeetingKind.GOVERNMENT, MeetingKind.COMMITTEE),
    (MeetingLevel.COUNTY, MeetingKind.GOVERNMENT): (MeetingKind.COMMITTEE,),
}


def why_not(verb: MeetingVerb, state: MeetingState) -> str:
    """ "" where it may be done."""
    return "" if state in WAYS[verb].states else _WHY_NOT[state]


def level_of(category: UnitCategory) -> MeetingLevel | None:
    """At which level a unit calls joint meetings here; None for those that call none. 县信访局 acts for the county, which
    has no office of its own to write the papers."""
    if category in TOWNSHIP_LEVEL:
        return MeetingLevel.TOWNSHIP
    return MeetingLevel.COUNTY if category is UnitCategory.BUREAU else None


def may_hold(category: UnitCategory, level: MeetingLevel) -> bool:
    """What a sheet may say: a meeting of the county may stand under the department that prepared it."""
    if level is MeetingLevel.TOWNSHIP:
        return category in TOWNSHIP_LEVEL
    return category in COUNTY_LEVEL or category is UnitCategory.DEPARTMENT


def kinds_at(level: MeetingLevel) -> tuple[MeetingKind, ...]:
    if level is MeetingLevel.TOWNSHIP:
        return MeetingKind.JOINT, MeetingKind.PARTY_AND_GOVERNMENT
    return MeetingKind.JOINT, MeetingKind.GOVERNMENT, MeetingKind.COMMITTEE


def bodies_above(level: MeetingLevel, kind: MeetingKind) -> tuple[MeetingKind, ...]:
    """Whom a meeting may ask to settle what it cannot: the county's own meetings, nearest first."""
    if level is MeetingLevel.TOWNSHIP:
        return kinds_at(MeetingLevel.COUNTY)
    return _ABOVE.get((level, kind), ())


def body_in_words(kind: MeetingKind) -> str:
    """What the bodies of the county are called from below."""
    return "县联席会议" if kind is MeetingKind.JOINT else kind.label


def missing(level: MeetingLevel, held: int) -> int:
    """How many meetings of a month are still owed."""
    return max(0, A_MONTH[level] - held)


def months_due(period: Period, as_of: date) -> list[date]:
    """The last days of the calendar months that lie wholly inside the period and are over by `as_of`."""
    parts = period.parts(PeriodKind.MONTH)
    return [part.end for part in parts if part.kind is PeriodKind.MONTH and part.end <= as_of]


@dataclass(frozen=True)
class HeadValues:
    """What is said of a meeting as a whole."""

    level: MeetingLevel
    kind: MeetingKind
    state: MeetingState
    held_on: date | None
    starts_at: time | None = None


def check_head(values: HeadValues, today: date) -> list[RuleViolation]:
    """Every refusal at once, on `held_on` and `kind`."""
    found = list(_day_problems(values.state, values.held_on, today))
    if values.kind not in kinds_at(values.level):
        found.append(RuleViolation(f"{values.level.label}不召开{values.kind.label}，请另选。", "kind"))
    return found


def _day_problems(state: MeetingState, day: date | None, today: date) -> Iterator[RuleViolation]:
    if day is None:
        yield RuleViolation("请填写会议日期。", "held_on")
    elif state is MeetingState.PLANNED and day > today + FURTHEST_PLANNED:
        yield RuleViolation("计划日期太远，请核对年份。", "held_on")
    elif state is MeetingState.PLANNED and day < today:
        yield RuleViolation("计划日期已过；会议开过了的，请选“已召开”。", "held_on")
    elif state is not MeetingState.PLANNED and day > today:
        yield RuleViolation("会议日期晚于今天；还没有开的，请选“计划召开”。", "held_on")


@dataclass(frozen=True)
class DecisionLine:
    """One row of decisions as typed; `number` is the row on the form, from 0."""

    number: int
    content: str
    has_unit: bool
    due_on: date | None


def check_decisions(lines: Sequence[DecisionLine], held_on: date | None) -> list[RuleViolation]:
    """Every refusal at once, on `decision-0-content` …"""
    return [problem for line in lines for problem in _decision_problems(line, held_on)]


def _decision_problems(line: DecisionLine, held_on: date | None) -> Iterator[RuleViolation]:
    at = f"decision-{line.number}-"
    if not line.content:
        yield RuleViolation("请写明议定的事。", f"{at}content")
    elif len(line.content) > LONGEST_CONTENT:
        yield RuleViolation(f"最多 {LONGEST_CONTENT} 个字。", f"{at}content")
    if not line.has_unit:
        yield RuleViolation("请填写责任单位。", f"{at}unit")
    if line.due_on is None:
        yield RuleViolation("请填写完成时限。", f"{at}due_on")
    elif held_on and line.due_on < held_on:
        yield RuleViolation(f"时限早于会议日期 {held_on}。", f"{at}due_on")


def check_outcome(
    outcome: ItemOutcome | None, body: MeetingKind | None, above: Sequence[MeetingKind]
) -> RuleViolation | None:
    """On `outcome` or `escalated_to`."""
    if outcome is not ItemOutcome.ESCALATED:
        return None
    if not above:
        return RuleViolation("本会议上面没有可以提请的会议。", "outcome")
    if body not in above:
        return RuleViolation("请选择提请哪个会议研究。", "escalated_to")
    return None


def unsettled(outcomes: Sequence[ItemOutcome | None]) -> int:
    """How many items have no outcome yet: before that the record is not final."""
    return sum(outcome is None for outcome in outcomes)


def name_of(title: str, level: MeetingLevel, unit: str, held_on: date, kind: MeetingKind) -> str:
    """What a meeting is called where nobody named it: 柳溪镇7月15日联席会议, 县7月15日联席会议, 7月15日县委常委会会议."""
    whose = unit if level is MeetingLevel.TOWNSHIP else "县" if kind is MeetingKind.JOINT else ""
    return title or f"{whose}{held_on.month}月{held_on.day}日{kind.label}"


def check_completion(
    done_on: date | None, held_on: date, today: date, result: str, evidence: str
) -> list[RuleViolation]:
    """A decision ends with a result and with evidence: an attachment, or where the papers are kept."""
    found = []
    if done_on is None or not held_on <= done_on <= today:
        found.append(RuleViolation(f"落实日期应在会议日期 {held_on} 之后，且不晚于今天。", "done_on"))
    if not 2 <= len(result) <= LONGEST_RESULT:
        found.append(RuleViolation(f"请写明落实情况，2 至 {LONGEST_RESULT} 个字。", "result"))
    if not evidence:
        found.append(RuleViolation("请先上传佐证附件，或者写明佐证材料存放在哪里。", "evidence"))
    return found
