"""What a clock was reckoned with is kept as text and read back."""

from datetime import date

from queries.terms import shipped_calendar, shipped_limits
from rules.calendar_effects import Terms
from rules.clock_inputs import fact_from_inputs, inputs_of
from rules.petition_clocks import Clock
from rules.time_limit_kinds import Pause

START = date(2026, 7, 1)


def test_a_clock_without_anything_special():
    clock = Clock("handle", 1, START, "受理")
    assert inputs_of(clock) == "0|||"
    assert fact_from_inputs("handle", START, "0|||") == fact_from_inputs("handle", START, "")


def test_an_extension_and_the_days_of_a_hearing_come_back():
    clock = Clock(
        "fh_decide",
        1,
        START,
        "收到复核申请",
        extension_days=30,
        extension_approved_on=date(2026, 7, 20),
        pauses=((date(2026, 7, 6), date(2026, 7, 8)), (date(2026, 7, 13), date(2026, 7, 13))),
    )
    fact = fact_from_inputs("fh_decide", START, inputs_of(clock))
    assert (fact.extension_days, fact.extension_approved_on) == (30, date(2026, 7, 20))
    assert fact.pauses == (
        Pause(date(2026, 7, 6), date(2026, 7, 8)),
        Pause(date(2026, 7, 13), date(2026, 7, 13)),
    )
    assert fact.set_for is None


def test_an_assumed_start_comes_back_and_its_date_is_provisional():
    clock = Clock("xfr_notice", 1, START, "转送交办", assumed=True)
    assert inputs_of(clock) == "0||||assumed"
    fact = fact_from_inputs("xfr_notice", START, inputs_of(clock))
    due = Terms(shipped_calendar(), shipped_limits()).due(fact)
    assert (due.due_on, due.provisional) == (date(2026, 7, 16), True)
    assert due.trace[0].startswith("责任单位还没有签收，暂按转送交办之日起算")


def test_the_date_of_a_letter_comes_back():
    clock = Clock("jiaoban_feedback", 1, START, "交办", fixed_due_on=date(2026, 9, 30))
    assert fact_from_inputs("jiaoban_feedback", START, inputs_of(clock)).set_for == date(2026, 9, 30)
