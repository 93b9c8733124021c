"""Forged requests: every unsafe route × seven forgeries is refused."""

import secrets
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from rules.roles import FOR_ALL_SIGNED_IN, GRANTS, Permission
from tests import people
from tests.people import Member
from tests.shape.walk import Door, Walk

WITH_A_FILE_OR_NOTHING = {"reason": "核对登记情况", "version": "1"}


def allowed_member(walk: Walk, door: Door) -> Member:
    """Somebody for whom this door is open."""
    permission = walk.permission(door)
    if permission in FOR_ALL_SIGNED_IN:
        return people.LIN
    return next(m for m in (people.LIN, *people.ONE_PER_ROLE) if m.role in GRANTS[permission])


def send(walk: Walk, door: Door, client: FlaskClient, token: str | None, **headers: str) -> TestResponse:
    data = dict(WITH_A_FILE_OR_NOTHING)
    if token is not None:
        data["csrf_token"] = token
    address = walk.address(door, allowed_member(walk, door))
    return client.open(address, method=door.method, data=data, headers=headers)


def no_token(walk: Walk, door: Door) -> TestResponse:
    return send(walk, door, walk.client(allowed_member(walk, door)), None)


def wrong_token(walk: Walk, door: Door) -> TestResponse:
    return send(walk, door, walk.client(allowed_member(walk, door)), secrets.token_urlsafe(40))


def token_of_another_session(walk: Walk, door: Door) -> TestResponse:
    other = walk.new_client(people.BAI)
    return send(walk, door, walk.client(allowed_member(walk, door)), walk.csrf_token(other))


def token_signed_by_another_site(walk: Walk, door: Door) -> TestResponse:
    client = walk.client(allowed_member(walk, door))
    with client.session_transaction() as cookie:
        held = cookie["csrf_token"]
    forged = URLSafeTimedSerializer("another key", salt="wtf-csrf-token").dumps(held)
    return send(walk, door, client, str(forged))


def cross_site(walk: Walk, door: Door) -> TestResponse:
    client = walk.client(allowed_member(walk, door))
    return send(walk, door, client, walk.csrf_token(client), **{"Sec-Fetch-Site": "cross-site"})


def foreign_origin(walk: Walk, door: Door) -> TestResponse:
    client = walk.client(allowed_member(walk, door))
    return send(walk, door, client, walk.csrf_token(client), Origin="http://evil.example")


def neighbour_origin(walk: Walk, door: Door) -> TestResponse:
    client = walk.client(allowed_member(walk, door))
    return send(walk, door, client, walk.csrf_token(client), **{"Sec-Fetch-Site": "same-site"})


FORGERIES = (
    no_token,
    wrong_token,
    token_of_another_session,
    token_signed_by_another_site,
    cross_site,
    foreign_origin,
    neighbour_origin,
)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda f: f.__name__)
def test_a_forged_request_is_refused_and_changes_nothing(walk, forgery):
    accepted = []
    for door in walk.doors():
        if door.is_safe:
            continue
        answer = forgery(walk, door)
        if answer.status_code not in (400, 403):
            accepted.append(f"{door}: {answer.status_code}")
        if walk.changed():
            accepted.append(f"{door}: changed the database")
            walk.restore()
    assert not accepted, "\n".join(accepted)


def test_what_a_browser_kept_after_signing_out_opens_nothing(walk):
    """Cookie and token as they were before the sign-out, sent again."""
    accepted = []
    for door in walk.doors():
        member = allowed_member(walk, door)
        if door.is_safe or walk.permission(door) is Permission.ANYONE:
            continue
        kept = walk.new_client(member)
        leaving = walk.client(member)
        leaving.post("/sign-out", data={"csrf_token": walk.csrf_token(leaving)})
        walk.changed()
        answer = send(walk, door, kept, walk.csrf_token(kept))
        sent_away = answer.status_code == 303 and urlsplit(answer.headers["Location"]).path == "/sign-in"
        if not sent_away and answer.status_code != 401:
            accepted.append(f"{door}: {answer.status_code}")
        if tables := walk.changed_tables():
            accepted.append(f"{door}: changed {sorted(tables)}")
        walk.restore()
    assert not accepted, "\n".join(accepted)


def test_the_own_token_from_the_own_page_is_accepted(walk):
    """So that the refusals above are not refusals of everything."""
    client = walk.client(people.LIN)
    answer = client.post(
        "/reception/phrases",
        data={"csrf_token": walk.csrf_token(client), "field": "content", "text": "反映路灯不亮。"},
        headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 303
    assert "phrase" in walk.changed_tables()
