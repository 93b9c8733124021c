"""On the pages of supervision, lead assignments, meetings and the registers a field that is refused as empty wears the
star, or its label says when it must be filled in."""

import pytest

from tests import people
from tests.shape.walk import Walk
from tests.stars import forms_of, unstarred

BLUEPRINTS = ("supervision", "leads", "meetings", "decisions", "accountability", "registers")
MEMBERS = (people.LIN, people.ZHAO, people.WU, people.ZHENG, people.HAN)


def pages_of(walk: Walk, member):
    for door in walk.doors():
        if door.is_safe and door.endpoint.partition(".")[0] in BLUEPRINTS:
            answer = walk.knock(door, member)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield door.endpoint, answer.get_data(as_text=True)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.username)
def test_what_is_refused_as_empty_was_starred(walk: Walk, member):
    asked, found = set(), []
    for endpoint, html in list(pages_of(walk, member)):
        for address, values in forms_of(html):
            if address in asked:
                continue
            asked.add(address)
            answer = walk.client(member).post(address, data=values)
            if answer.status_code == 422:
                found += [f"{endpoint} {address} {told}" for told in unstarred(answer.get_data(as_text=True))]
    assert asked
    assert found == []
