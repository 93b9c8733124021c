"""What a new calendar or a new limit would move, before anybody confirms it."""

from dataclasses import replace

from rules.calendar_effects import DeadlineFact, Terms, moves
from rules.time_limit_kinds import Pause
from rules.work_calendar import DayKind, SpecialDay, WorkCalendar
from tests.clocks import CALENDAR, LIMITS, YEARS, day

TO_2025 = WorkCalendar(tuple(year for number, year in YEARS.items() if number < 2026))


def told(found):
    return [(m.fact.id, m.old.due_on.isoformat(), m.new.due_on.isoformat(), m.earlier) for m in found]


def with_a_day_off(text):
    """2026 as it would be had the notice given one more day off."""
    extra = SpecialDay(day(text), DayKind.OFF, "国庆节", "国办发明电〔2026〕1号")
    year = replace(YEARS[2026], days=(*YEARS[2026].days, extra))
    return WorkCalendar((*TO_2025.years, year))


def test_the_calendar_of_the_next_year_settles_what_was_provisional():
    facts = [
        DeadlineFact(1, "objection", day("2025-12-29")),
        DeadlineFact(2, "objection", day("2025-12-01")),
        DeadlineFact(3, "objection", day("2026-03-05")),
    ]
    found = list(moves(facts, Terms(TO_2025, LIMITS), Terms(CALENDAR, LIMITS)))
    assert told(found) == [
        (1, "2026-01-05", "2026-01-06", False),
        (3, "2026-03-12", "2026-03-12", False),
    ]
    assert [(m.old.provisional, m.new.provisional) for m in found] == [(True, False), (True, False)]


def test_a_day_off_more_moves_open_clocks_of_working_days_and_legal_dates():
    facts = [
        DeadlineFact(1, "objection", day("2026-10-08")),
        DeadlineFact(2, "objection", day("2026-10-08"), met_on=day("2026-10-09")),
        DeadlineFact(3, "xfr_notice", day("2026-09-24")),
        DeadlineFact(4, "xfr_notice", day("2026-10-01")),
    ]
    found = list(moves(facts, Terms(CALENDAR, LIMITS), Terms(with_a_day_off("2026-10-09"), LIMITS)))
    assert told(found) == [
        (1, "2026-10-14", "2026-10-15", False),
        (3, "2026-10-09", "2026-10-09", False),
    ]
    assert (found[1].old.legal_due_on, found[1].new.legal_due_on) == (day("2026-10-09"), day("2026-10-10"))


def test_what_is_closed_is_left_out_though_it_would_move():
    closed = DeadlineFact(1, "objection", day("2026-10-08"), met_on=day("2026-10-20"))
    assert list(moves([closed], Terms(CALENDAR, LIMITS), Terms(with_a_day_off("2026-10-09"), LIMITS))) == []


def test_a_new_limit_holds_only_for_clocks_that_start_under_it():
    now = next(limit for limit in LIMITS if limit.version == "suggest_reply@2022-05-01")
    shorter = replace(now, days=20, valid_from=day("2026-07-01"))
    facts = [
        DeadlineFact(1, "suggest_reply", day("2026-06-30")),
        DeadlineFact(2, "suggest_reply", day("2026-07-01")),
    ]
    found = moves(facts, Terms(CALENDAR, LIMITS), Terms(CALENDAR, (*LIMITS, shorter)))
    assert told(found) == [(2, "2026-07-31", "2026-07-21", True)]


def test_extensions_pauses_and_given_dates_are_kept():
    facts = [
        DeadlineFact(1, "handle", day("2026-03-10"), 30, day("2026-05-08")),
        DeadlineFact(
            2, "fh_decide", day("2026-04-01"), pauses=(Pause(day("2026-04-10"), day("2026-04-10")),)
        ),
        DeadlineFact(3, "jiaoban_feedback", day("2026-04-01"), set_for=day("2026-06-07")),
    ]
    terms = Terms(CALENDAR, LIMITS)
    assert [terms.due(fact).due_on.isoformat() for fact in facts] == [
        "2026-06-08",
        "2026-05-02",
        "2026-06-07",
    ]
    assert list(moves(facts, terms, terms)) == []
