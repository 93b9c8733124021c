"""Where a petition stands by the facts of a sheet's row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.petition_stage_of import SheetFacts, stage_of, stays_where_registered
from rules.petition_states import Stage
from rules.petition_words import Acceptance, DispatchKind, HandlingClass

ACCEPTED, DIRECT = Acceptance.ACCEPTED, DispatchKind.DIRECT
REGISTERED = SheetFacts(date(2026, 3, 2))
SENT = replace(
    REGISTERED, dispatch_kind=DispatchKind.FORWARD, dispatched_on=date(2026, 3, 5), responsible_unit_id=11
)
RECEIVED = replace(SENT, unit_received_on=date(2026, 3, 6))
TOLD = replace(RECEIVED, notified_on=date(2026, 3, 10))
HANDLED = replace(TOLD, acceptance=ACCEPTED, handling_class=HandlingClass.PETITION)


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (REGISTERED, Stage.PENDING),
        (SENT, Stage.SENT),
        (replace(REGISTERED, responsible_unit_id=11), Stage.SENT),
        (RECEIVED, Stage.RECEIVED),
        (replace(REGISTERED, dispatch_kind=DIRECT), Stage.RECEIVED),
        (TOLD, Stage.RECEIVED),  # of what, is not said
        (HANDLED, Stage.HANDLING),
        (replace(HANDLED, acceptance=Acceptance.REFUSED), Stage.CLOSED),
        (replace(HANDLED, acceptance=Acceptance.NO_LONGER, concluded_on=date(2026, 3, 10)), Stage.CLOSED),
        (replace(HANDLED, concluded_on=date(2026, 4, 1)), Stage.CONCLUDED),
        (replace(REGISTERED, concluded_on=date(2026, 4, 1)), Stage.CONCLUDED),
    ],
)
def test_the_stage_follows_from_the_latest_fact(facts: SheetFacts, stage: Stage) -> None:
    assert stage_of(facts) is stage


@pytest.mark.parametrize(
    ("facts", "by_bureau", "stays"),
    [
        (REGISTERED, False, True),
        (replace(REGISTERED, responsible_unit_id=21), False, True),
        (REGISTERED, True, False),
        (replace(REGISTERED, responsible_unit_id=11), False, False),
        (replace(REGISTERED, dispatched_on=date(2026, 3, 5)), False, False),
        (replace(REGISTERED, dispatch_kind=DIRECT), False, False),
        (replace(REGISTERED, concluded_on=date(2026, 4, 1)), False, False),
    ],
    ids=[
        "a township",
        "it names itself",
        "the bureau",
        "another",
        "sent on",
        "it says so itself",
        "at an end",
    ],
)
def test_a_unit_that_sends_nothing_on_has_taken_what_it_registered(
    facts: SheetFacts, by_bureau: bool, stays: bool
) -> None:
    assert stays_where_registered(facts, 21, by_bureau) is stays


@given(st.integers(0, 90), st.booleans())
def test_what_is_concluded_never_waits_for_anybody(days: int, told: bool) -> None:
    facts = replace(HANDLED if told else SENT, concluded_on=date(2026, 3, 10) + timedelta(days=days))
    assert stage_of(facts) is Stage.CONCLUDED
