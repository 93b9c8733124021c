"""When a unit owes what on its line: signing for it, each 阶段反馈, applying for 销号. From facts alone.

The office's own rules: so many working days to sign for it; a feedback by a cycle from the day of issue, moved to the
next working day where it falls on a day off (休), 调休 working days counting as worked. Beyond the loaded calendars
Monday to Friday count as worked, and the date is 暂定.
"""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.supervision_states import LineState
from rules.supervision_words import FeedbackCycle
from rules.taxonomy import Labelled
from rules.work_calendar import BeyondCalendar, WorkCalendar


class Owed(Labelled):
    """What is due on a line next."""

    RECEIVE = "receive", "签收"
    REPORT = "report", "阶段反馈"
    SUBMIT = "submit", "申请销号"


@dataclass(frozen=True)
class LineFacts:
    """What of a line its next due day is made from."""

    state: LineState
    issued_on: date | None
    due_on: date
    report_due_on: date | None = None


@dataclass(frozen=True)
class Due:
    on: date
    key: Owed


def next_due(facts: LineFacts, days_to_sign: int, calendar: WorkCalendar) -> Due | None:
    """The earliest day by which the unit owes something; None where it owes nothing now."""
    if facts.state is LineState.SENT and facts.issued_on is not None:
        sign_by = sign_for_by(facts.issued_on, days_to_sign, calendar)
        return Due(sign_by, Owed.RECEIVE) if sign_by <= facts.due_on else Due(facts.due_on, Owed.SUBMIT)
    if facts.state is not LineState.WORKING:
        return None
    if facts.report_due_on is not None and facts.report_due_on < facts.due_on:
        return Due(facts.report_due_on, Owed.REPORT)
    return Due(facts.due_on, Owed.SUBMIT)


def sign_for_by(issued_on: date, days_to_sign: int, calendar: WorkCalendar) -> date:
    """So many working days after the issue."""
    return calendar.guess_working_days(issued_on, days_to_sign)


@dataclass(frozen=True)
class FeedbackPlan:
    """The feedback days of one line: by its cycle from the day of issue, before the day by which it applies for 销号."""

    issued_on: date
    cycle: FeedbackCycle
    due_on: date
    calendar: WorkCalendar

    def days(self) -> Iterator[date]:
        """Each on a working day; where two fall on one, it is told once."""
        last, turn = self.issued_on, 1
        while self.cycle is not FeedbackCycle.NONE:
            day = roll_forward(_turn(self.issued_on, self.cycle, turn), self.calendar)
            if day >= self.due_on:
                return
            if day > last:
                yield day
            last, turn = day, turn + 1

    def after(self, day: date) -> date | None:
        """The first feedback day after a day; None where the cycle asks for none any more."""
        return next((each for each in self.days() if each > day), None)

    def is_answered(self, report_due_on: date, reported_on: date) -> bool:
        """Only by a feedback that comes after the feedback day before it: two in a row do not make up for the next."""
        earlier = [day for day in self.days() if day < report_due_on]
        return not earlier or reported_on > earlier[-1]


def roll_forward(day: date, calendar: WorkCalendar) -> date:
    """The day itself where it is worked, else the next working day."""
    return calendar.guess_working_days(day - timedelta(days=1), 1)


def is_provisional(day: date, calendar: WorkCalendar) -> bool:
    """暂定: the days off of that year are not known yet."""
    return not calendar.covers(day)


def is_worked(day: date, calendar: WorkCalendar) -> bool:
    """In years that are not loaded, Monday to Friday."""
    try:
        return calendar.is_working_day(day)
    except BeyondCalendar:
        return roll_forward(day, calendar) == day


def _turn(issued_on: date, cycle: FeedbackCycle, turn: int) -> date:
    if cycle is FeedbackCycle.WEEKLY:
        return issued_on + timedelta(weeks=turn)
    if cycle is FeedbackCycle.FORTNIGHTLY:
        return issued_on + timedelta(weeks=2 * turn)
    return _months_after(issued_on, turn)


def _months_after(day: date, count: int) -> date:
    """The same day of a later month, or the last of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
