"""Days as an iCalendar file."""

from datetime import date, datetime, time

from icalendar import Calendar

from documents.calendar_file import CalendarDay, calendar_file

MADE_AT = datetime(2026, 7, 15, 2, 30)


def day(**values):
    plain = {
        "uid": "a" * 32,
        "version": 3,
        "day": date(2026, 8, 5),
        "starts_at": time(9, 0),
        "ends_at": time(11, 30),
        "title": "领导接访：韩副县长；副县长,分管",
        "place": "县信访局\n二楼",
        "description": "",
    }
    return CalendarDay(**(plain | values))


def read(*days):
    return Calendar.from_ical(calendar_file("领导接访安排", days, MADE_AT)).walk("VEVENT")


def test_hours_are_the_offices_and_texts_come_back_whole():
    (event,) = read(day())
    assert event["DTSTART"].to_ical() == b"20260805T010000Z"
    assert event["DTEND"].to_ical() == b"20260805T033000Z"
    assert str(event["SUMMARY"]) == "领导接访：韩副县长；副县长,分管"
    assert str(event["LOCATION"]) == "县信访局\n二楼"
    assert "DESCRIPTION" not in event


def test_without_hours_it_is_the_whole_day_and_without_an_end_two_hours():
    whole, open_end = read(day(starts_at=None, ends_at=None), day(ends_at=None))
    assert (whole["DTSTART"].to_ical(), whole["DTEND"].to_ical()) == (b"20260805", b"20260806")
    assert open_end["DTEND"].to_ical() == b"20260805T030000Z"


def test_a_day_that_moved_is_the_same_event_with_a_higher_sequence():
    (event,) = read(day(day=date(2026, 8, 12)))
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"{'a' * 32}@xinfang", 2)


def test_lines_are_no_longer_than_the_standard_allows_and_the_bytes_are_the_same_again():
    content = calendar_file("领导接访安排", [day(description="分管工作" * 60)], MADE_AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content == calendar_file("领导接访安排", [day(description="分管工作" * 60)], MADE_AT)
