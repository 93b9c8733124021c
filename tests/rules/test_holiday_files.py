"""data/holidays: every shipped year, day by day against an independent package, and the notices' own numbers."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from rules.work_calendar import DayKind
from tests.clocks import CALENDAR, YEARS

NOTICES = {
    2016: ["国办发明电〔2015〕18号"],
    2017: ["国办发明电〔2016〕17号"],
    2018: ["国办发明电〔2017〕12号"],
    2019: ["国办发明电〔2018〕15号", "国办发明电〔2019〕3号"],
    2020: ["国办发明电〔2019〕16号", "国办发明电〔2020〕1号"],
    2021: ["国办发明电〔2020〕27号"],
    2022: ["国办发明电〔2021〕11号"],
    2023: ["国办发明电〔2022〕16号"],
    2024: ["国办发明电〔2023〕7号"],
    2025: ["国办发明电〔2024〕12号"],
    2026: ["国办发明电〔2025〕7号"],
}
OFF_AND_WORKED = {
    2016: (24, 6),
    2017: (24, 5),
    2018: (23, 6),
    2019: (24, 7),
    2020: (30, 6),
    2021: (31, 7),
    2022: (31, 7),
    2023: (27, 7),
    2024: (28, 8),
    2025: (28, 5),
    2026: (33, 6),
}


def test_the_years_of_2016_to_2026_are_shipped():
    assert list(YEARS) == list(range(2016, 2027))
    assert all(year.year == name for name, year in YEARS.items())


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_the_package(year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    differing = [
        day
        for day in days
        if day.year == year and CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_weekdays_off_are_holidays_of_the_package_too(year):
    off = {s.day for s in YEARS[year].days if s.kind is DayKind.OFF and s.day.weekday() < 5}
    assert off <= chinese_calendar.holidays.keys()


@pytest.mark.parametrize("year", YEARS)
def test_the_notices_and_how_many_days_they_name(year):
    assert sorted(YEARS[year].notices) == NOTICES[year]
    kinds = [special.kind for special in YEARS[year].days]
    assert (kinds.count(DayKind.OFF), kinds.count(DayKind.WORK)) == OFF_AND_WORKED[year]


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2026-01-02", False),
        ("2026-02-23", False),
        ("2026-09-25", False),
        ("2018-12-29", True),
        ("2018-12-31", False),
        ("2020-02-01", False),
        ("2019-05-05", True),
        ("2024-02-29", True),
    ],
)
def test_days_that_are_often_wrong(text, worked):
    assert CALENDAR.is_working_day(date.fromisoformat(text)) is worked
