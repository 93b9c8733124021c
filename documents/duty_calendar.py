"""A person's duties as an iCalendar feed (RFC 5545) in the office's time, for a telephone that subscribes to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from rules.office_time import OFFICE_OFFSET

ZONE = "Asia/Shanghai"
_PRODUCT = "-//xinfang//duty//ZH"
_SINCE = datetime.fromisoformat("1991-09-15")
"""China's last change to summer time ended on this day."""


@dataclass(frozen=True)
class CalendarDuty:
    """One event. Moments are naive UTC; `uid` stays, `version` (from 1) grows with each change."""

    uid: str
    version: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    description: str
    is_cancelled: bool = False


def duty_calendar(name: str, duties: Sequence[CalendarDuty], made_at: datetime) -> bytes:
    """`made_at` is naive UTC; the same duties and moment give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(_office_zone())
    for duty in duties:
        calendar.add_component(_event(duty, made_at))
    return calendar.to_ical()


def _office_zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", _SINCE)
    standard.add("tzoffsetfrom", OFFICE_OFFSET)
    standard.add("tzoffsetto", OFFICE_OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(duty: CalendarDuty, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{duty.uid}@xinfang")
    event.add("dtstamp", made_at.replace(microsecond=0, tzinfo=UTC))
    event.add("sequence", duty.version - 1)
    event.add("status", "CANCELLED" if duty.is_cancelled else "CONFIRMED")
    event.add("summary", duty.title)
    event.add("dtstart", duty.starts_at + OFFICE_OFFSET, parameters={"TZID": ZONE})
    event.add("dtend", duty.ends_at + OFFICE_OFFSET, parameters={"TZID": ZONE})
    event.add("transp", "TRANSPARENT" if duty.is_cancelled else "OPAQUE")
    if duty.place:
        event.add("location", duty.place)
    if duty.description:
        event.add("description", duty.description)
    return event
