"""Signing in to the benchmark's county without typing passwords."""

import secrets

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.sign_in import open_session
from extensions import db
from models.staff import Account
from queries.sign_in import actor_of
from rules.roles import Actor
from web import clock
from web.session import TOKEN


def signed_in(app: Flask, username: str) -> FlaskClient:
    """A browser as a finished sign-in leaves it."""
    token = secrets.token_urlsafe(16)
    with app.app_context(), Session(db.engine) as plain, plain.begin():
        account = plain.scalars(select(Account).where(Account.username == username)).one()
        account.must_change_password = False
        open_session(
            plain, account=account, token=token, username=username, address="127.0.0.1", browser="benchmark",
            now=clock.now(),
        )  # fmt: skip
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client


def actor(session: Session, username: str) -> Actor:
    account_id = session.scalar(select(Account.id).where(Account.username == username))
    assert account_id is not None
    found = actor_of(session, account_id, "127.0.0.1")
    assert found is not None
    return found
