"""Exactly these headers on every kind of answer; exactly these flags on the cookie."""

import json

import pytest

from app import create_app
from tests import people
from tests.conftest import SQLITE

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
EXACT = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ANSWERS = (
    ("page", people.LIN, "/", 200),
    ("sign-in page", None, "/sign-in", 200),
    ("redirect", None, "/", 303),
    ("not found", people.LIN, "/reception/visits/999999", 404),
    ("no such address", None, "/wp-login.php", 404),
    ("not allowed", people.HE, "/reception/visits", 403),
    ("static file", None, "/static/css/site.css", 200),
    ("static file of bootstrap", None, "/bootstrap/static/css/bootstrap.min.css", 200),
    ("json", people.LIN, "/reception/choices/units", 200),
    ("pdf", people.LIN, "/reception/day-sheet.pdf", 200),
    ("workbook", people.LIN, "/imports/templates/visits.xlsx", 200),
    ("health", None, "/health", 200),
)


@pytest.mark.parametrize(
    ("kind", "member", "address", "status"), ANSWERS, ids=lambda a: a if isinstance(a, str) else ""
)
def test_every_answer_carries_exactly_these_headers(walk, kind, member, address, status):
    answer = walk.client(member).get(address)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXACT} == EXACT
    assert "Server" not in answer.headers
    assert "HX-Request" in answer.headers["Vary"]


def test_every_get_answer_of_the_walk_has_the_policy_and_is_not_kept_by_the_browser(walk):
    for door in walk.doors():
        if door.is_safe:
            answer = walk.client(people.LIN).get(walk.address(door, people.LIN))
            assert answer.headers["Content-Security-Policy"] == CSP, door
            kept = answer.headers["Cache-Control"]
            assert (
                kept == "no-store"
                or door.endpoint.startswith("reception.list_")
                and "choices" in door.endpoint
            ), door


def test_the_forms_of_refused_posts_carry_the_headers_too(walk):
    refused = walk.client(people.LIN).post("/reception/visits")
    assert refused.status_code == 400
    assert refused.headers["Content-Security-Policy"] == CSP


def test_static_files_may_be_kept_for_an_hour(walk):
    assert "max-age=3600" in walk.client(None).get("/static/css/site.css").headers["Cache-Control"]


def test_files_go_out_under_their_own_type_and_a_chinese_name(walk):
    pdf = walk.client(people.LIN).get("/reception/day-sheet.pdf")
    assert pdf.mimetype == "application/pdf"
    assert "filename*=UTF-8''" in pdf.headers["Content-Disposition"]
    assert pdf.data.startswith(b"%PDF-")


def signed_in_cookie(app):
    """The Set-Cookie line of a fresh browser on the sign-in page."""
    return app.test_client().get("/sign-in").headers["Set-Cookie"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(walk):
    name, _, rest = signed_in_cookie(walk.app).partition("=")
    flags = {part.strip() for part in rest.split(";")[1:]}
    assert name == "xinfang"
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags
    assert not [f for f in flags if f.startswith(("Domain", "Expires", "Max-Age"))]


@pytest.fixture
def site_with(sites, tmp_path):
    """A site on the tests' county with other settings."""

    def make(**overrides):
        directory = tmp_path / "site"
        directory.mkdir(exist_ok=True)
        for name, kept in (("template", "xinfang.sqlite3"), ("secrets.json", "secrets.json")):
            (directory / kept).write_bytes((sites[SQLITE].directory / name).read_bytes())
        return create_app({"INSTANCE_DIR": str(directory), "DATABASE_URL": "", **overrides})

    return make


def test_behind_https_the_cookie_is_bound_to_the_host_and_secure(site_with):
    app = site_with(HTTPS="1")
    answer = app.test_client().get("/sign-in", base_url="https://localhost")
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    flags = {part.strip() for part in rest.split(";")[1:]}
    assert name == "__Host-xinfang"
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= flags
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_host_that_is_not_ours_is_refused(site_with):
    client = site_with(TRUSTED_HOSTS="xinfang.anlan.example").test_client()
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400
    assert client.get("/sign-in", base_url="http://xinfang.anlan.example").status_code == 200


def test_the_address_of_the_proxy_is_believed_only_when_it_is_set(site_with):
    app = site_with()
    with app.test_request_context(
        "/", headers={"X-Forwarded-For": "1.2.3.4"}, environ_base={"REMOTE_ADDR": "10.0.0.8"}
    ):
        from web.session import client_address

        assert client_address() == "10.0.0.8"


def test_pages_tell_htmx_to_run_no_script_and_keep_no_history(walk):
    page = walk.client(people.LIN).get("/").get_data(as_text=True)
    held = page.split('<meta name="htmx-config" content=\'')[1].split("'>")[0]
    told = json.loads(held)
    assert told["allowEval"] is False
    assert told["allowScriptTags"] is False
    assert told["selfRequestsOnly"] is True
    assert told["includeIndicatorStyles"] is False
    assert told["historyCacheSize"] == 0
