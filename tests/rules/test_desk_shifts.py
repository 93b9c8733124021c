"""Hand-over moments across midnight, month and year end, and after the clock was set back. Office time 8:30 is 0:30 UTC."""

from datetime import datetime, time, timedelta

import pytest

from rules.desk_shifts import (
    USUAL_HOURS,
    boundaries,
    latest_owed,
    shift_began,
    shift_to_hand_over,
)

TWO = (time(8, 30), time(18, 0))


def office(text):
    return datetime.fromisoformat(text) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "began"),
    [
        ("2026-12-31 23:50", "2026-12-31 08:30"),
        ("2027-01-01 00:10", "2026-12-31 08:30"),
        ("2027-01-01 08:30", "2027-01-01 08:30"),
        ("2024-02-29 23:59", "2024-02-29 08:30"),
        ("2024-03-01 03:00", "2024-02-29 08:30"),
        ("2026-03-01 08:29", "2026-02-28 08:30"),
    ],
)
def test_a_shift_begins_at_half_past_eight_and_runs_over_midnight(now, began):
    assert shift_began(office(now), USUAL_HOURS) == office(began)


def test_a_rota_with_day_and_night_changes_twice():
    assert shift_began(office("2026-12-31 23:50"), TWO) == office("2026-12-31 18:00")
    assert boundaries(office("2026-12-31 08:30"), office("2027-01-01 08:30"), TWO) == [
        office("2026-12-31 08:30"),
        office("2026-12-31 18:00"),
        office("2027-01-01 08:30"),
    ]


@pytest.mark.parametrize(
    ("now", "handed"),
    [
        ("2026-07-15 06:29", "2026-07-14 08:30"),
        ("2026-07-15 06:30", "2026-07-15 08:30"),
        ("2026-07-15 08:30", "2026-07-15 08:30"),
        ("2026-07-15 10:30", "2026-07-15 08:30"),
        ("2026-12-31 23:50", "2026-12-31 08:30"),
        ("2027-01-01 07:00", "2027-01-01 08:30"),
    ],
)
def test_a_hand_over_belongs_to_the_moment_that_is_near(now, handed):
    assert shift_to_hand_over(office(now), USUAL_HOURS) == office(handed)


def test_where_shifts_are_short_near_is_at_most_half_of_one():
    hours = (time(0), time(2))
    assert shift_to_hand_over(office("2026-07-15 00:50"), hours) == office("2026-07-15 00:00")
    assert shift_to_hand_over(office("2026-07-15 01:10"), hours) == office("2026-07-15 02:00")


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        ("2026-07-15 09:30", "2026-07-14 08:30"),
        ("2026-07-15 09:31", "2026-07-15 08:30"),
        ("2027-01-01 09:31", "2027-01-01 08:30"),
        ("2024-02-29 09:31", "2024-02-29 08:30"),
    ],
)
def test_a_hand_over_is_owed_an_hour_after_its_moment(now, owed):
    assert latest_owed(office(now), USUAL_HOURS) == office(owed)


def test_a_clock_set_back_over_the_moment_belongs_to_the_same_hand_over():
    assert shift_to_hand_over(office("2026-07-15 08:35"), USUAL_HOURS) == shift_to_hand_over(
        office("2026-07-15 08:20"), USUAL_HOURS
    )
