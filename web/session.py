"""Signed-in browsers. The cookie carries a random token; the row it points to can be ended at any moment."""

import secrets
from datetime import datetime, timedelta

from flask import Request, current_app, g, request, session
from flask_login import AnonymousUserMixin, UserMixin
from werkzeug.exceptions import Forbidden

from actions.sign_in import IDLE_TOUCH, note_seen
from extensions import db, login
from models.sign_in import SignInSession
from queries.sign_in import actor_from, is_live, session_row, signed_in_row
from rules.roles import Actor
from web import clock
from web.password_policy import password_expired
from web.unit_of_work import writing

TOKEN = "sid"  # noqa: S105


class SignedIn(UserMixin):
    """What Flask-Login hands out as `current_user`."""

    def __init__(self, actor: Actor, session_id: int, last_seen_at: datetime) -> None:
        self.actor = actor
        self.session_id = session_id
        self.last_seen_at = last_seen_at

    def get_id(self) -> str:
        return str(self.session_id)


class SignedOut(AnonymousUserMixin):
    actor = None
    session_id = None


login.anonymous_user = SignedOut
login.session_protection = None


def client_address() -> str:
    return (request.remote_addr or "")[:64]


def client_browser() -> str:
    return request.headers.get("User-Agent", "")[:200]


def idle_limit() -> timedelta:
    return timedelta(minutes=int(current_app.config["SESSION_IDLE_MINUTES"]))


def longest() -> timedelta:
    return timedelta(hours=int(current_app.config["SESSION_HOURS"]))


@login.request_loader
def load_signed_in(_request: Request) -> SignedIn | None:
    token = session.get(TOKEN)
    row = signed_in_row(db.session(), token) if token else None
    if row is None or not is_live(row, clock.now(), idle_limit(), longest()):
        return None
    actor = actor_from(db.session(), row, client_address(), password_expired, row.data_state)
    return SignedIn(actor, row.session_id, row.last_seen_at)


def start_session() -> str:
    """Forget everything the browser had and give it a fresh token (no session fixation)."""
    session.clear()
    session[TOKEN] = secrets.token_urlsafe(32)
    return str(session[TOKEN])


def forget_session() -> None:
    session.clear()


def lost_session() -> SignInSession | None:
    """The session this browser had, when it has ended: its owner's half-filled form is still theirs."""
    token = session.get(TOKEN)
    return session_row(db.session(), token) if token else None


def touch_session(signed_in: SignedIn) -> None:
    """Count this request as activity, at most once a minute; polling requests do not count."""
    if request.headers.get("X-Polling"):
        return
    if clock.now() - signed_in.last_seen_at > IDLE_TOUCH:
        with writing() as unit:
            note_seen(unit, session_id=signed_in.session_id, now=clock.now())


def actor() -> Actor:
    """The signed-in actor; 403 when a view that needs one is reached without."""
    signed_in = g.get("signed_in")
    if signed_in is None:
        raise Forbidden
    return signed_in.actor
