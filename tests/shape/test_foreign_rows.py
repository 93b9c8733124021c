"""Rows out of reach: every address with a row in it × every member × rows of others give the 404 of a row
that does not exist, and leave no trace in the database."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from rules.roles import FOR_ALL_SIGNED_IN, GRANTS
from tests import people
from tests.people import Member
from tests.shape.county import foreign_values
from tests.shape.walk import Door, Walk

MEMBERS = (*people.ONE_PER_ROLE, people.BAI, people.ZHU)
REASONED = {"reason": "核对登记情况"}
"""So that a form which asks only for a reason is complete."""


def doors_to_rows(walk: Walk) -> Iterator[Door]:
    yield from (door for door in walk.doors() if door.parameters)


def may(walk: Walk, door: Door, member: Member) -> bool:
    permission = walk.permission(door)
    return permission in FOR_ALL_SIGNED_IN or member.role in GRANTS[permission]


def knock(walk: Walk, door: Door, member: Member, address: str) -> TestResponse:
    client = walk.client(member)
    data = {} if door.is_safe else {"csrf_token": walk.csrf_token(client), "version": "1"} | REASONED
    return client.open(address, method=door.method, data=data)


def probes(walk: Walk, member: Member) -> Iterator[tuple[Door, str, str]]:
    """Door, what the row is, its address."""
    for door in doors_to_rows(walk):
        for parameter in door.parameters:
            for what, value in foreign_values(walk.rows, member, parameter).items():
                yield door, what, walk.address(door, member, **{parameter: value})


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.username)
def test_a_row_out_of_reach_looks_as_if_it_did_not_exist(walk, member):
    deviations = []
    for door, what, address in probes(walk, member):
        expected = 404 if may(walk, door, member) else 403
        answer = knock(walk, door, member, address)
        if answer.status_code != expected:
            deviations.append(f"{door} with {what}: {answer.status_code} instead of {expected}")
        if tables := walk.changed_tables():
            deviations.append(f"{door} with {what}: changed {sorted(tables)}")
            walk.restore()
    assert not deviations, "\n".join(deviations)


def test_a_foreign_row_and_a_missing_one_get_the_same_page(walk):
    foreign = walk.client(people.LIN).get(f"/reception/visits/{walk.rows.visit['AL22']}")
    missing = walk.client(people.LIN).get("/reception/visits/999999")
    assert foreign.status_code == missing.status_code == 404
    token = walk.csrf_token(walk.client(people.LIN))[:20]
    assert foreign.get_data(as_text=True).split(token)[0] == missing.get_data(as_text=True).split(token)[0]


def test_every_register_has_rows_of_others_to_try(walk):
    for member in (people.CHEN, people.LIN, people.ZHAO, people.ZHU):
        for parameter in (
            "visit_id",
            "session_id",
            "reception_id",
            "promise_id",
            "page_id",
            "phrase_id",
            "batch_id",
        ):
            assert len(foreign_values(walk.rows, member, parameter)) > 1, (member, parameter)


@pytest.mark.parametrize("member", (people.WU, people.ZHENG, people.HAN), ids=lambda m: m.username)
def test_the_county_does_not_see_a_matter_that_accuses_its_own_office_or_person(walk, member):
    held = foreign_values(walk.rows, member, "visit_id")
    assert f"visit accusing {member.unit}" in held
    for what in (f"visit accusing {member.unit}", "visit accusing oneself", "sealed visit"):
        answer = walk.client(member).get(f"/reception/visits/{held[what]}")
        assert answer.status_code == 404, what


def test_hidden_rows_are_in_no_list_search_or_export(walk):
    """The same rows, through the pages that show many."""
    hidden = {"AL22", "AL11"}
    numbers = {f"/reception/visits/{walk.rows.visit[code]}" for code in hidden}
    numbers |= {f"/reception/visits/{i}" for i in (walk.rows.sealed, walk.rows.accusing["lin"])}
    for address in ("/reception/visits", "/reception/visits?q=漏水", "/reception/visits?state=all", "/"):
        page = walk.client(people.LIN).get(address).get_data(as_text=True)
        assert not [n for n in numbers if f'href="{n}"' in page], address
