"""Each date can be counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.petition_due import dispatch_due, notice_due, registered_notice_due, reply_due
from rules.petition_words import Acceptance, HandlingClass

ACCEPTED, PETITION = Acceptance.ACCEPTED, HandlingClass.PETITION
DAYS = st.dates(date(2005, 1, 1), date(2099, 1, 1))


def test_what_was_registered_on_2_march_is_to_be_sent_on_by_17_march() -> None:
    assert dispatch_due(date(2026, 3, 2)) == date(2026, 3, 17)


def test_a_unit_that_received_on_2_march_is_to_tell_the_petitioner_by_17_march() -> None:
    assert notice_due(date(2026, 3, 2)) == date(2026, 3, 17)
    assert notice_due(None) is None


def test_the_provincial_system_gives_30_days_from_registration() -> None:
    assert registered_notice_due(date(2026, 3, 2)) == date(2026, 4, 1)


def test_what_was_accepted_on_10_march_is_to_be_answered_by_saturday_9_may() -> None:
    assert reply_due(ACCEPTED, PETITION, date(2026, 3, 10)) == date(2026, 5, 9)


def test_an_extension_approved_the_day_before_moves_it_to_8_june() -> None:
    assert reply_due(ACCEPTED, PETITION, date(2026, 3, 10), 30, date(2026, 5, 8)) == date(2026, 6, 8)


@pytest.mark.parametrize("approved_on", [date(2026, 5, 9), date(2026, 5, 10), None])
def test_an_extension_approved_on_the_last_day_or_later_or_never_moves_nothing(
    approved_on: date | None,
) -> None:
    assert reply_due(ACCEPTED, PETITION, date(2026, 3, 10), 30, approved_on) == date(2026, 5, 9)


@pytest.mark.parametrize("acceptance", [Acceptance.REFUSED, Acceptance.NO_LONGER, None])
def test_what_was_not_accepted_has_no_day_of_reply(acceptance: Acceptance | None) -> None:
    assert reply_due(acceptance, PETITION, date(2026, 3, 10)) is None


@pytest.mark.parametrize("handling_class", [c for c in HandlingClass if c is not PETITION] + [None])
def test_only_the_petition_procedure_has_60_days(handling_class: HandlingClass | None) -> None:
    assert reply_due(ACCEPTED, handling_class, date(2026, 3, 10)) is None


def test_what_nobody_was_told_of_has_no_day_of_reply() -> None:
    assert reply_due(ACCEPTED, PETITION, None) is None


@given(DAYS, st.integers(0, 30), st.one_of(st.none(), DAYS))
def test_a_reply_is_due_after_60_days_or_after_60_and_the_days_granted(
    notified_on: date, days: int, approved_on: date | None
) -> None:
    due = reply_due(ACCEPTED, PETITION, notified_on, days, approved_on)

    assert due is not None
    in_time = approved_on is not None and approved_on < notified_on + timedelta(days=60)
    assert (due - notified_on).days == (60 + days if in_time else 60)


@given(DAYS)
def test_no_day_off_moves_a_date_that_figures_count_by(day: date) -> None:
    assert (dispatch_due(day) - day).days == 15
    assert notice_due(day) == dispatch_due(day)
    assert (registered_notice_due(day) - day).days == 30
