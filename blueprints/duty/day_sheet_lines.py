"""The day of a desk as its sheet wants it, on screen and on paper."""

from datetime import date, datetime

from documents.duty_day_sheet import DutyDaySheet, HandoverLine, MessageLine, OnDuty, PeriodLine
from models.duty_desk import DeskEntry, DeskHandover
from models.organisation import Unit
from models.roster import Duty
from queries.desk_log import source_in_words
from queries.duty_day import DutyDay, PeriodDay
from rules.desk_rules import reply_light
from rules.desk_words import EntryKind
from rules.duty_presence import Presence
from web import clock
from web.template_filters import shorten

SUMMARY = 80
NOT_SIGNED = "未签字"
LISTED_ONLY = "仅列班表"


def day_sheet_of(unit: Unit, day: date, found: DutyDay, now: datetime) -> DutyDaySheet:
    return DutyDaySheet(
        unit=unit.name,
        day=day,
        made_at=clock.local(now).strftime("%Y-%m-%d %H:%M"),
        on_duty=tuple(_on_duty(d, found.presences.get(d.id), now) for d in found.duties),
        by_kind=tuple(found.by_kind),
        messages=tuple(_message(line, day, now) for line in found.lines),
        instructions=tuple(_message(line, day, now) for line in found.instructions),
        still_open=tuple(_message(line, day, now) for line in found.still_open),
        handovers=tuple(_handover(h) for h in found.handovers),
        periods=tuple(_period(p) for p in found.periods),
    )


def _on_duty(duty: Duty, presence: Presence | None, now: datetime) -> OnDuty:
    starts, ends = clock.local(duty.starts_at), clock.local(duty.ends_at)
    return OnDuty(
        post=duty.post.name,
        name=duty.person.name if duty.person else "",
        hours=f"{starts:%m-%d %H:%M}—{ends:%m-%d %H:%M}",
        presence=_presence(duty, presence, now),
    )


def _presence(duty: Duty, presence: Presence | None, now: datetime) -> str:
    """07-15 08:32 接班签名; 仅列班表 where nothing but the roster tells of it."""
    if presence is not None:
        return f"{clock.local(presence.at):%m-%d %H:%M} {presence.ground.label}"
    return LISTED_ONLY if duty.person is not None and duty.starts_at <= now else ""


def _message(line: DeskEntry, day: date, now: datetime) -> MessageLine:
    light = reply_light(line.due_at, line.replied_at, now) if line.due_at else None
    return MessageLine(
        number=line.number,
        time=_hour(line.happened_at, day),
        kind=EntryKind(line.kind).label,
        source=source_in_words(line.source_unit.label if line.source_unit else None, line.source),
        content=shorten(line.content, SUMMARY),
        responsible=line.responsible_unit.label if line.responsible_unit else "",
        due=_hour(line.due_at, day),
        replied=_hour(line.replied_at, day),
        state=light.label if light else "",
    )


def _hour(moment: datetime | None, day: date) -> str:
    """09:30 on the sheet's own day, 07-14 09:30 on another."""
    if moment is None:
        return ""
    here = clock.local(moment)
    return f"{here:%H:%M}" if here.date() == day else f"{here:%m-%d %H:%M}"


def _handover(handover: DeskHandover) -> HandoverLine:
    on = handover.on_person.name if handover.on_person else ""
    return HandoverLine(
        time=f"{clock.local(handover.shift_ends_at):%H:%M}",
        off=handover.off_person.name
        if handover.off_signed_at
        else f"{handover.off_person.name}（{NOT_SIGNED}）",
        on=on if handover.on_signed_at else f"{on}（{NOT_SIGNED}）" if on else NOT_SIGNED,
        matters=len(handover.matters),
    )


def _period(found: PeriodDay) -> PeriodLine:
    return PeriodLine(
        name=found.period.name,
        summary=found.count.in_words(),
        owing="、".join(line.unit for line in found.owing),
        events=tuple((line.unit, line.content) for line in found.events),
    )
