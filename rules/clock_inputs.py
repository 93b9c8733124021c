"""What a stored clock was reckoned with, besides its limit and its start, as one short text and back again."""

from collections.abc import Sequence
from datetime import date

from rules.calendar_effects import DeadlineFact
from rules.petition_clocks import Clock
from rules.time_limit_kinds import Pause

_Pauses = Sequence[tuple[date, date]]
_ASSUMED = "assumed"


def inputs_of(clock: Clock) -> str:
    """`30|2026-08-01|2026-07-01..2026-07-03|2026-09-30`: extension, its approval, pauses, given date; and a fifth part
    while the start is assumed."""
    pauses = ",".join(f"{first}..{last}" for first, last in clock.pauses)
    approved, given = clock.extension_approved_on or "", clock.fixed_due_on or ""
    assumed = f"|{_ASSUMED}" if clock.assumed else ""
    return f"{clock.extension_days}|{approved}|{pauses}|{given}{assumed}"


def fact_from_inputs(key: str, start: date, inputs: str) -> DeadlineFact:
    """The dated facts of a stored clock; the twin of `inputs_of`."""
    extension, approved, pauses, given, *assumed = (inputs or "0|||").split("|")
    return DeadlineFact(
        id=0,
        key=key,
        start=start,
        extension_days=int(extension),
        extension_approved_on=_day(approved),
        pauses=tuple(_pause(text) for text in pauses.split(",") if text),
        set_for=_day(given),
        assumed=bool(assumed),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _pause(text: str) -> Pause:
    first, last = text.split("..")
    return Pause(date.fromisoformat(first), date.fromisoformat(last))
