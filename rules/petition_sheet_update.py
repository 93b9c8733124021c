"""What a row of a sheet says of a petition that is here already: what it adds, and what contradicts what stands here.

An empty cell says nothing. What is empty here is filled, a rating or 化解状态 that is still open moves on; everything else
must be the same, for a sheet never changes what was registered or done here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.petition_history import PastStep
from rules.petition_stage_of import SheetFacts, stage_of
from rules.petition_states import Stage, Verb
from rules.petition_words import Acceptance, Rating, Resolution

FILLED = (
    *("location_unit_id", "campaign", "dispatch_kind", "dispatched_on", "responsible_unit_id"),
    *("unit_received_on", "notified_on", "acceptance", "handling_class", "extension_days"),
    *("extension_approved_on", "concluded_on", "served_on", "conclusion", "resolution"),
    *("bureau_rating", "unit_rating"),
)
"""Columns that may be empty here, in the order in which they come about."""
FIXED = (
    *(
        "registered_on",
        "unit_id",
        "channel",
        "source_level",
        "persons",
        "item_kind",
        "category_id",
        "purpose",
    ),
    *("included", "judicial"),
)
"""What every petition says from the first day on."""
DATED = frozenset(FILLED) - {"location_unit_id", "campaign", "resolution", "bureau_rating", "unit_rating"}
"""What belongs to the handling itself: only the course of art. 22–34 has a place for it."""
STILL_OPEN = {
    "bureau_rating": Rating.UNRATED.value,
    "unit_rating": Rating.UNRATED.value,
    "resolution": Resolution.UNRESOLVED.value,
}
"""Column → the value from which it moves on."""
_COURSE = (Stage.PENDING, Stage.SENT, Stage.RECEIVED, Stage.HANDLING, Stage.CLOSED, Stage.CONCLUDED)
"""The stages of that course, in its order; a sheet knows no others."""
_MADE_BY = {
    Verb.FORWARD: {"dispatched_on"},
    Verb.ASSIGN: {"dispatched_on"},
    Verb.TAKE: {"dispatch_kind"},
    Verb.RECEIVE: {"unit_received_on"},
    Verb.NOTIFY: {"notified_on", "acceptance"},
    Verb.DECIDE_EXTENSION: {"extension_approved_on"},
    Verb.SERVE: {"served_on"},
    Verb.CONCLUDE: {"concluded_on"},
}
"""Step → the facts of which one must be new for the step to be told."""
_TOLD_WITH = {Verb.CONCLUDE: ("conclusion", "resolution")}
_REACHES = {
    Verb.FORWARD: Stage.SENT,
    Verb.ASSIGN: Stage.SENT,
    Verb.TAKE: Stage.RECEIVED,
    Verb.RECEIVE: Stage.RECEIVED,
    Verb.CONCLUDE: Stage.CONCLUDED,
}


@dataclass(frozen=True)
class Compared:
    changes: dict[str, Any] = field(default_factory=dict)
    """Column → what the sheet adds."""
    contradicted: tuple[str, ...] = ()
    """Columns where the sheet says something else than what stands here."""


def compare(stands: Mapping[str, Any], told: Mapping[str, Any], fixed: tuple[str, ...] = FIXED) -> Compared:
    """`stands` and `told` are plain values by column."""
    changes: dict[str, Any] = {}
    contradicted = [name for name in fixed if not _is_empty(told[name]) and told[name] != stands[name]]
    for name in FILLED:
        here, there = stands[name], told[name]
        if _is_empty(there) or there == here:
            continue
        if _is_empty(here) or here == STILL_OPEN.get(name):
            changes[name] = there
        elif there != Rating.UNRATED.value:
            contradicted.append(name)
    return Compared(changes, tuple(contradicted))


def _is_empty(value: Any) -> bool:
    """0 days of extension are none."""
    return value is None or value == "" or (value == 0 and not isinstance(value, bool))


@dataclass(frozen=True)
class LaterStep:
    """One line of what the sheet adds: the step, the columns that it fills, and the stage it leads to."""

    past: PastStep
    columns: tuple[str, ...]
    stage: Stage


def later_steps(history: list[PastStep], changes: Mapping[str, Any], stage: Stage) -> Iterator[LaterStep]:
    """Of the history that the facts give together, the steps that are new; none leads back. `stage` is where the
    petition stands."""
    for past in history:
        if not _MADE_BY[past.verb] & changes.keys():
            continue
        stage = further(stage, _reached(past))
        names = (*(n for n in past.before if n != "stage"), *_TOLD_WITH.get(past.verb, ()))
        yield LaterStep(past, tuple(name for name in names if name in changes), stage)


def _reached(past: PastStep) -> Stage:
    if past.verb is Verb.NOTIFY:
        return Stage.HANDLING if past.outcome == Acceptance.ACCEPTED else Stage.CLOSED
    return _REACHES.get(past.verb, Stage.PENDING)


def further(stage: Stage, other: Stage) -> Stage:
    """The later of the two on the course; a stage beside it stays."""
    return max(stage, other, key=_COURSE.index) if stage in _COURSE else stage


def stage_after(stage: Stage, facts: SheetFacts) -> Stage:
    return further(stage, stage_of(facts))


def is_on_course(stage: Stage) -> bool:
    return stage in _COURSE
