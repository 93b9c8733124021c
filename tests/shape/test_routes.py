"""Who may open what: every rule × method × identity with live requests, against one committed table. Reading never
writes, whoever reads."""

import csv
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.routing import IntegerConverter
from werkzeug.test import TestResponse

from documents import render_process
from rules.roles import FOR_ALL_SIGNED_IN, GRANTS, Permission
from tests import people
from tests.people import Member
from tests.shape.county import FORCED
from tests.shape.walk import Door, Walk
from web.guard import DURING_PASSWORD_CHANGE, OPEN_ENDPOINTS
from web.guarded_blueprint import PERMISSIONS

TABLE = Path(__file__).with_name("routes.csv")
IDENTITIES = (None, *people.ONE_PER_ROLE, people.NEW, FORCED)
WORDS_IN_PATHS = frozenset({"kind", "register", "key", "shipped", "filename", "code", "secret"})
"""Parameters that are a word of a closed list, or the name of a static file; all others are numbers."""


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch):
    """Who may have a file is asked here, eleven times over; what is in it, by the tests of prints and letters."""
    monkeypatch.setattr(render_process._workers, "run", lambda *_args, **_options: b"%PDF-1.7")


@cache
def committed() -> dict[str, tuple[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return {row["endpoint"]: (row["methods"], row["permission"]) for row in csv.DictReader(file)}


def declared(walk: Walk) -> dict[str, tuple[str, str]]:
    methods: dict[str, set[str]] = {}
    for door in walk.doors():
        methods.setdefault(door.endpoint, set()).add(door.method)
    held = walk.app.extensions[PERMISSIONS]
    return {e: (" ".join(sorted(m)), held[e].value) for e, m in methods.items()}


def test_every_route_is_declared_with_a_permission(walk):
    undeclared = {d.endpoint for d in walk.doors()} - walk.app.extensions[PERMISSIONS].keys()
    assert not undeclared


def test_the_committed_table_is_what_the_site_declares(walk):
    now, table = declared(walk), committed()
    to_add = [f"{e},{m},{p}" for e, (m, p) in sorted(now.items()) if table.get(e) != (m, p)]
    assert not to_add, "rows for tests/shape/routes.csv:\n" + "\n".join(to_add)
    assert not table.keys() - now.keys(), "routes.csv names routes that are gone"


def outcome(walk: Walk, door: Door, member: Member | None) -> str:
    """What the table and the policy say: `open`, `sign in`, `refused` or `change password`."""
    assert door.endpoint in committed(), f"{door.endpoint} has no row in tests/shape/routes.csv"
    permission = Permission(committed()[door.endpoint][1])
    if permission is Permission.ANYONE:
        return "open"
    if member is None:
        return "sign in"
    if permission not in FOR_ALL_SIGNED_IN and member.role not in GRANTS[permission]:
        return "refused"
    if member is FORCED and door.endpoint not in DURING_PASSWORD_CHANGE:
        return "change password"
    return "open"


def seen(answer: TestResponse) -> str:
    to = urlsplit(answer.headers.get("Location", "")).path
    if answer.status_code == 303 and to == "/sign-in":
        return "sign in"
    if answer.status_code == 303 and to == "/account/password":
        return "change password"
    if answer.status_code == 403:
        return "refused"
    return (
        "open" if answer.status_code in (200, 204, 302, 303, 400, 404, 409, 422) else str(answer.status_code)
    )


def knock_at_all(walk: Walk, member: Member | None) -> tuple[int, list[str]]:
    """How many requests were sent, and each deviation from the policy."""
    count, deviations = 0, []
    for door in walk.doors():
        expected, found = outcome(walk, door, member), seen(answer := walk.knock(door, member))
        count += 1
        if door.endpoint == "account.sign_out" and member:
            expected = "sign in"
        if expected != found:
            deviations.append(f"{door}: {found} ({answer.status_code}) instead of {expected}")
        wrote = walk.changed()
        if door.is_safe and wrote:
            deviations.append(f"{door}: reading wrote")
        if wrote and (door.is_safe or answer.status_code < 400):
            walk.restore()
    return count, deviations


@pytest.mark.parametrize("member", IDENTITIES, ids=lambda m: m.username if m else "anonymous")
def test_each_identity_meets_exactly_the_doors_of_the_policy(walk, member):
    count, deviations = knock_at_all(walk, member)
    assert not deviations, "\n".join(deviations)
    assert count == sum(1 for _door in walk.doors())


def test_the_walk_is_wide_enough(walk):
    assert sum(1 for _door in walk.doors()) * len(IDENTITIES) >= 1000


def test_an_expired_htmx_call_is_sent_to_the_sign_in_page_as_a_whole(walk):
    for door in walk.doors():
        if outcome(walk, door, None) == "sign in":
            answer = walk.knock(door, None, headers={"HX-Request": "true"})
            assert answer.status_code == 401, door
            assert answer.headers["HX-Redirect"].startswith("/sign-in"), door


def test_head_and_options_are_guarded_like_get(walk):
    for door in walk.doors():
        if door.method == "GET" and outcome(walk, door, None) == "sign in":
            for method in ("HEAD", "OPTIONS"):
                assert seen(walk.knock(Door(door.rule, method), None)) == "sign in", door


def test_files_of_the_site_are_open_to_all_and_nothing_else_is(walk):
    public = {d.endpoint for d in walk.doors() if outcome(walk, d, None) == "open"}
    assert public == {"account.sign_in", "duty.export_feed", "health.show"} | (public & {"health.ready"})
    assert walk.client(None).get("/static/css/site.css").status_code == 200


def test_record_numbers_in_addresses_are_typed(walk):
    for rule in walk.app.url_map.iter_rules():
        for name, converter in rule._converters.items():
            if name not in WORDS_IN_PATHS:
                assert isinstance(converter, IntegerConverter), f"{rule.rule}: write <int:{name}>"


def test_addresses_are_kebab_case(walk):
    for rule in walk.app.url_map.iter_rules():
        if rule.endpoint not in OPEN_ENDPOINTS:
            fixed = "".join(part for is_parameter, part in rule._trace if not is_parameter)
            assert fixed == fixed.lower(), rule.rule
            assert "_" not in fixed, rule.rule
