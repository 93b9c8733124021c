"""What a list adds up to, whatever the ways by which a row stands in scope: each row once, none that is not read.

Each matter has twice the persons of the one before it, so that the sum of persons tells which were counted.
"""

import pytest

from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.petitions import list_petitions, petition_totals
from queries.visits import VisitFilter, list_visits, totals
from tests import factories, people
from tests.people import NOW, TODAY

DAYS = Days(TODAY, TODAY)
REGISTERED, GIVEN, HELPING, REGISTERED_AND_GIVEN, REGISTERED_AND_HELPING, GIVEN_AND_HELPING, ALL_THREE = (
    2**power for power in range(7)
)
ELSEWHERE, VOID, SEALED = 128, 256, 512


@pytest.fixture
def matters(both):
    """As 柳溪镇 (AL21) stands to them; 上河村 (AL2101) lies below it."""
    helped = {"parts": {"AL2101": "joint"}}
    with both.app_context(), factories.plain_session() as session:
        for unit, persons, more in (
            ("AL21", REGISTERED, {}),
            ("AL01", GIVEN, {"responsible": "AL21"}),
            ("AL01", HELPING, {"responsible": "AL22", **helped}),
            ("AL21", REGISTERED_AND_GIVEN, {"responsible": "AL21"}),
            ("AL2101", REGISTERED_AND_HELPING, {"responsible": "AL22", **helped}),
            ("AL01", GIVEN_AND_HELPING, {"responsible": "AL21", **helped}),
            ("AL21", ALL_THREE, {"responsible": "AL21", **helped}),
            ("AL22", ELSEWHERE, {}),
            ("AL21", VOID, {"voided_at": NOW, "void_reason": "重复登记"}),
            ("AL21", SEALED, {"sealed": True, "responsible": "AL21"}),
        ):
            factories.petition(session, unit, persons=persons, **more)
        session.commit()
    return both


@pytest.mark.parametrize(
    ("member", "state", "rows", "persons"),
    [
        (people.LIN, "", 7, 127),
        (people.LIN, "void", 1, VOID),
        (people.BAI, "", 3, HELPING + REGISTERED_AND_HELPING + ELSEWHERE),
        (people.WU, "", 8, 255),
        (people.WU, "void", 1, VOID),
    ],
)
def test_a_petition_is_added_up_once_by_whichever_ways_it_is_seen(
    matters, reading, member, state, rows, persons
):
    actor, chosen = people.actor(reading, member), PetitionFilter(state=state)
    found = petition_totals(reading, actor, chosen, DAYS)
    assert (found.petitions, found.persons) == (rows, persons)
    listed = list_petitions(reading, actor, chosen, DAYS).rows
    assert (len(listed), sum(row.persons for row in listed)) == (rows, persons)


def test_two_who_ask_one_after_the_other_are_each_told_their_own(matters, reading):
    lin, bai = people.actor(reading, people.LIN), people.actor(reading, people.BAI)
    asked = [petition_totals(reading, who, PetitionFilter(), DAYS).persons for who in (lin, bai, lin)]
    assert asked == [127, HELPING + REGISTERED_AND_HELPING + ELSEWHERE, 127]


@pytest.fixture
def visits(both):
    with both.app_context(), factories.plain_session() as session:
        township = people.unit(session, "AL21").id
        for unit, persons, more in (
            ("AL21", 1, {}),
            ("AL01", 2, {"responsible_unit_id": township}),
            ("AL2101", 4, {"responsible_unit_id": township}),
            ("AL22", 8, {}),
            ("AL21", 16, {"voided_at": NOW, "void_reason": "重复登记"}),
            ("AL21", 32, {"sealed": True}),
        ):
            factories.visit(session, unit, persons=persons, **more)
        session.commit()
    return both


@pytest.mark.parametrize(
    ("member", "state", "rows", "persons"),
    [
        (people.LIN, "", 3, 7),
        (people.LIN, "void", 1, 16),
        (people.CHEN, "", 1, 4),
        (people.BAI, "", 1, 8),
        (people.WU, "", 4, 15),
    ],
)
def test_a_visit_is_added_up_once(visits, reading, member, state, rows, persons):
    actor, chosen = people.actor(reading, member), VisitFilter(state=state)
    found = totals(reading, actor, chosen, today=TODAY, group_threshold=5)
    assert (found.batches, found.persons) == (rows, persons)
    listed = list_visits(reading, actor, chosen, today=TODAY, group_threshold=5).rows
    assert (len(listed), sum(row.persons for row in listed)) == (rows, persons)
