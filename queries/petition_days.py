"""How near a petition's next due date is, in SQL and in Python: the twins of `rules.lights`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.petition import Petition
from queries.office_rules import NEAR_DAYS, RuleBook, rule_book
from queries.terms import calendar_of
from rules.lights import Ladder, Light, near_until
from rules.petition_clocks import (
    ASK_RE_REVIEW,
    ASK_REVIEW,
    DECIDE_RE_REVIEW,
    DECIDE_REVIEW,
    DIRECT_NOTICE,
    DISPATCH,
    FEEDBACK,
    HANDLE,
    NOTICE,
    OBJECTION,
)

LIGHTS = (Light.NORMAL, Light.NEAR, Light.TODAY, Light.OVERDUE)
"""Those of a clock that still runs."""

CLOCK_WORDS = {
    DISPATCH: "转送交办",
    NOTICE: "告知",
    DIRECT_NOTICE: "告知（直接收到）",
    OBJECTION: "提出异议",
    HANDLE: "办结答复",
    FEEDBACK: "交办反馈",
    ASK_REVIEW: "申请复查",
    DECIDE_REVIEW: "复查意见",
    ASK_RE_REVIEW: "申请复核",
    DECIDE_RE_REVIEW: "复核意见",
}
"""What is due, short enough for a column."""


@dataclass(frozen=True)
class Days:
    """Today, and the last due date that is 临期 today (`rules.lights.near_until`)."""

    today: date
    near_until: date
    near_days: int = 3
    """Working days before a due date that are 临期."""


def petition_days(session: Session, today: date, rules: RuleBook | None = None) -> Days:
    """By the working calendar and the office's own ladder in force; one statement, two without the rules."""
    ladder = Ladder((rules or rule_book(session)).on(NEAR_DAYS, today))
    return Days(today, near_until(today, ladder, calendar_of(session)), ladder.near_days)


def has_light(light: Light, days: Days) -> list[Any]:
    """Conditions on Petition."""
    due = Petition.next_due_on
    if light is Light.OVERDUE:
        return [due.is_not(None), due < days.today]
    if light is Light.TODAY:
        return [due.is_not(None), due == days.today]
    if light is Light.NEAR:
        return [due.is_not(None), due > days.today, due <= days.near_until]
    return [due.is_not(None), due > max(days.today, days.near_until)]


def light_of(due_on: date | None, days: Days) -> Light | None:
    """None where nothing is due."""
    if due_on is None:
        return None
    if due_on <= days.today:
        return Light.TODAY if due_on == days.today else Light.OVERDUE
    return Light.NEAR if due_on <= days.near_until else Light.NORMAL


def days_left_in_words(due_on: date | None, today: date) -> str:
    """Calendar days."""
    if due_on is None:
        return ""
    left = (due_on - today).days
    if left == 0:
        return "今天到期"
    return f"还有 {left} 天" if left > 0 else f"已超 {-left} 天"
