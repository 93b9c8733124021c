"""What an interview must say (信访工作条例第三十九条第三款): of a unit, on a ground in how it handled, of people by post."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from rules.errors import RuleViolation
from rules.supervision_words import Ground
from rules.taxonomy import Labelled

FARTHEST_DAYS = 90
MOST_PERSONS = 999


class InterviewVerb(Labelled):
    """What happens to the demands of an interview afterwards."""

    REPORT = "report", "报送整改情况"
    RETURN = "return", "退回整改"
    ACCEPT = "accept", "整改销号"


class InterviewState(Labelled):
    """状态 of an interview, on its list, its filter and its sheets alike."""

    OVERDUE = "overdue", "超期未整改"
    OPEN = "open", "待整改"
    DONE = "done", "已整改"
    PLAIN = "plain", "没有整改要求"
    VOID = "void", "已作废"


def state_of_interview(
    *, is_void: bool, correct_by: date | None, corrected_on: date | None, today: date
) -> InterviewState:
    if is_void:
        return InterviewState.VOID
    if correct_by is None:
        return InterviewState.PLAIN
    if corrected_on is not None:
        return InterviewState.DONE
    return InterviewState.OVERDUE if correct_by < today else InterviewState.OPEN


@dataclass(frozen=True)
class InterviewValues:
    """`ground` None only for what a sheet brought."""

    interviewed_on: date | None
    persons: int | None
    reason: str
    ground: Ground | None = None
    posts: str = ""
    host: str = ""
    place: str = ""
    demands: str = ""
    correct_by: date | None = None
    starts_at: time | None = None


def check_interview(values: InterviewValues, today: date) -> list[RuleViolation]:
    """Every refusal, each at its field."""
    found = _about_the_day(values.interviewed_on, today)
    if values.persons is None or not 1 <= values.persons <= MOST_PERSONS:
        found.append(RuleViolation(f"约谈人数应在 1 至 {MOST_PERSONS} 之间。", "persons"))
    if not values.reason.strip():
        found.append(RuleViolation("请写明事由：办理中哪里没有做到。", "reason"))
    if values.correct_by and values.interviewed_on and values.correct_by < values.interviewed_on:
        found.append(RuleViolation("整改期限不能早于约谈日期。", "correct_by"))
    if values.demands.strip() and values.correct_by is None:
        found.append(RuleViolation("写了整改要求，请定整改期限。", "correct_by"))
    if values.correct_by and not values.demands.strip():
        found.append(RuleViolation("定了整改期限，请写整改要求。", "demands"))
    return found


def refuse_correction(
    verb: InterviewVerb, *, is_void: bool, is_owed: bool, last: InterviewVerb | None
) -> str:
    """Why a verb may not be done now; "" where it may. `last` is the latest of the notes."""
    if is_void:
        return "这条约谈登记已作废。"
    if not is_owed:
        return "没有待整改的要求。"
    waits = last is InterviewVerb.REPORT
    if verb is InterviewVerb.REPORT:
        return "整改情况已报送，等待复核。" if waits else ""
    return "" if waits else "还没有报送整改情况。"


def refuse_new_demands(
    correct_by: date | None, today: date, *, is_corrected: bool, last: InterviewVerb | None
) -> str:
    """Why what was demanded, and by when, stays as it is; "" where it may still be corrected."""
    if is_corrected:
        return "整改已经销号，要求和期限不能再改。"
    if last is InterviewVerb.REPORT:
        return "整改情况已报送，等待复核，要求和期限不能再改。"
    if correct_by is not None and correct_by < today:
        return f"整改期限 {correct_by} 已过，要求和期限不能再改；超期照实计算。"
    return ""


def _about_the_day(day: date | None, today: date) -> list[RuleViolation]:
    if day is None:
        return [RuleViolation("请填写约谈日期。", "interviewed_on")]
    if day > today + timedelta(days=FARTHEST_DAYS):
        return [RuleViolation(f"约谈日期最多安排到 {FARTHEST_DAYS} 天以后。", "interviewed_on")]
    return []
