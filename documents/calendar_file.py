"""Days as an iCalendar file (RFC 5545), for the calendar of a telephone or an office program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from rules.office_time import OFFICE_OFFSET

_PRODUCT = "-//xinfang//leader schedule//ZH"
_USUAL_LENGTH = timedelta(hours=2)


@dataclass(frozen=True)
class CalendarDay:
    """`uid` stays the same however often the day moves, and `version` grows, so that a second import moves it.

    Hours are the office's; without them it is the whole day.
    """

    uid: str
    version: int
    day: date
    starts_at: time | None
    ends_at: time | None
    title: str
    place: str
    description: str


def calendar_file(name: str, days: Sequence[CalendarDay], made_at: datetime) -> bytes:
    """`made_at` is naive UTC; the same days and moment give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for day in days:
        calendar.add_component(_event(day, made_at))
    return calendar.to_ical()


def _event(day: CalendarDay, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.uid}@xinfang")
    event.add("dtstamp", made_at.replace(microsecond=0, tzinfo=UTC))
    event.add("sequence", day.version - 1)
    event.add("summary", day.title)
    event.add("dtstart", _moment(day.day, day.starts_at) if day.starts_at else day.day)
    event.add("dtend", _end(day))
    if day.place:
        event.add("location", day.place)
    if day.description:
        event.add("description", day.description)
    return event


def _end(day: CalendarDay) -> date | datetime:
    if day.starts_at is None:
        return day.day + timedelta(days=1)
    if day.ends_at is None:
        return _moment(day.day, day.starts_at) + _USUAL_LENGTH
    return _moment(day.day, day.ends_at)


def _moment(day: date, hour: time) -> datetime:
    """In UTC, which needs no table of time zones; the office's clock knows no summer time."""
    return (datetime.combine(day, hour) - OFFICE_OFFSET).replace(tzinfo=UTC)
