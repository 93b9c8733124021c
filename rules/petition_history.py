"""The steps that a petition must have taken, from its dated facts: the history of one that an import brings whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.petition_stage_of import SheetFacts
from rules.petition_states import Stage, Verb
from rules.petition_words import Acceptance, Conclusion, DispatchKind, ServedPaper


@dataclass(frozen=True)
class PastStep:
    """One line of the history. `before` are the petition's columns that it changed, as they stood before it."""

    verb: Verb
    happened_on: date
    from_stage: Stage
    outcome: str = ""
    days: int | None = None
    by_sender: bool = False
    """Done by who registered; else by the responsible unit."""
    to_unit: bool = False
    """It names the responsible unit."""
    before: dict[str, Any] = field(default_factory=dict)


def history_of(facts: SheetFacts, conclusion: Conclusion | None = None) -> list[PastStep]:
    """By day; those of one day in the order of the law."""
    return sorted(_steps(facts, conclusion), key=lambda step: step.happened_on)


def _steps(facts: SheetFacts, conclusion: Conclusion | None) -> Iterator[PastStep]:
    if facts.is_direct:
        yield _taken(facts)
    else:
        yield from _sent(facts)
    if facts.notified_on is not None and facts.acceptance is not None:
        yield _told(facts.notified_on, facts.acceptance)
    if facts.extension_approved_on is not None:
        yield PastStep(
            Verb.DECIDE_EXTENSION,
            facts.extension_approved_on,
            Stage.HANDLING,
            "agreed",
            days=facts.extension_days,
            before={"extension_days": 0, "extension_approved_on": None},
        )
    served = _served(facts)
    if served and (facts.concluded_on is None or served.happened_on <= facts.concluded_on):
        yield served
    if facts.concluded_on is not None:
        yield _concluded(facts.concluded_on, conclusion)
    if served and facts.concluded_on is not None and served.happened_on > facts.concluded_on:
        yield served


def _taken(facts: SheetFacts) -> PastStep:
    """It has no day of its own in the sheet: the day on which the office has it is meant."""
    before = {
        "dispatch_kind": None,
        "responsible_unit_id": None,
        "unit_received_on": None,
        "handler_id": None,
    }
    day = facts.unit_received_on or facts.registered_on
    return PastStep(Verb.TAKE, day, Stage.PENDING, by_sender=True, before={"stage": "pending", **before})


def _sent(facts: SheetFacts) -> Iterator[PastStep]:
    if facts.dispatched_on is not None:
        verb = Verb.ASSIGN if facts.dispatch_kind is DispatchKind.ASSIGN else Verb.FORWARD
        before = dict.fromkeys(("dispatch_kind", "dispatched_on", "responsible_unit_id", "handler_id"))
        yield PastStep(
            verb,
            facts.dispatched_on,
            Stage.PENDING,
            by_sender=True,
            to_unit=True,
            before={"stage": "pending", **before},
        )
    if facts.unit_received_on is not None:
        before = {"stage": "sent", "unit_received_on": None, "handler_id": None}
        yield PastStep(Verb.RECEIVE, facts.unit_received_on, Stage.SENT, before=before)


def _told(day: date, acceptance: Acceptance) -> PastStep:
    before = {"stage": "received", "notified_on": None, "acceptance": None, "handling_class": None}
    return PastStep(Verb.NOTIFY, day, Stage.RECEIVED, acceptance.value, before=before)


def _served(facts: SheetFacts) -> PastStep | None:
    if facts.served_on is None:
        return None
    stage = Stage.CONCLUDED if facts.concluded_on and facts.served_on > facts.concluded_on else Stage.HANDLING
    return PastStep(Verb.SERVE, facts.served_on, stage, ServedPaper.REPLY.value, before={"served_on": None})


def _concluded(day: date, conclusion: Conclusion | None) -> PastStep:
    before = {"stage": "handling", "concluded_on": None}
    outcome = conclusion.value if conclusion else ""
    return PastStep(Verb.CONCLUDE, day, Stage.HANDLING, outcome, before=before)
