"""A year's sheet as it is downloaded can be uploaded again; the blank one says which days are off in any year."""

import pytest

from rules.calendar_sheet import read_calendar_csv
from rules.calendar_sheet_out import blank_calendar_csv, calendar_csv
from rules.errors import RuleViolations
from tests.clocks import YEARS


@pytest.mark.parametrize("year", sorted(YEARS))
def test_what_is_written_is_read_back(year):
    assert read_calendar_csv(calendar_csv(YEARS[year])) == YEARS[year]


def test_the_blank_sheet_has_the_five_fixed_days_and_is_refused_until_it_is_filled_in():
    lines = blank_calendar_csv(2027).splitlines()
    assert lines[:2] == ["年份,通知文号,日期,类别,节日", "2027,,2027-01-01,休,元旦"]
    assert len(lines) == 6
    with pytest.raises(RuleViolations, match="通知文号"):
        read_calendar_csv(blank_calendar_csv(2027))
