"""On the pages of supervision, lead assignments, meetings and the registers a field that is refused as empty wears the
star, or its label says when it must be filled in."""

import pytest

from tests import people
from tests.shape.walk import Walk
from tests.stars import filled_in, forms_of, unstarred

BLUEPRINTS = ("supervision", "leads", "meetings", "decisions", "accountability", "registers")
ROUNDS = 3
MEMBERS = (people.ZHAO, people.ZHENG, people.HAN)
"""Heads do all that their clerks do."""


def pages_of(walk: Walk, member):
    for door in walk.doors():
        if door.is_safe and door.endpoint.partition(".")[0] in BLUEPRINTS:
            answer = walk.knock(door, member)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield door.endpoint, answer.get_data(as_text=True)


def refusals(client, address: str, values: dict[str, str]):
    """The pages of a form sent empty, and again with what was asked for, until nothing more is asked."""
    for _round in range(ROUNDS):
        answer = client.post(address, data=values)
        if answer.status_code != 422:
            return
        html = answer.get_data(as_text=True)
        yield html
        values = values | filled_in(html)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.username)
def test_what_is_refused_as_empty_was_starred(walk: Walk, member):
    asked, found = set(), []
    for endpoint, html in list(pages_of(walk, member)):
        for address, values in forms_of(html):
            if address in asked:
                continue
            asked.add(address)
            for refused in refusals(walk.client(member), address, values):
                found += [f"{endpoint} {address} {told}" for told in unstarred(refused)]
    assert asked
    assert found == []
