"""Changing accounts and sessions behind the site's back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from models.sign_in import SignInSession
from models.staff import Account
from tests.browser import Browser
from tests.factories import plain_session


@pytest.fixture
def set_account(site) -> Callable[..., None]:
    def change(username: str, **values: Any) -> None:
        with site.app_context(), plain_session() as session, session.begin():
            session.execute(update(Account).where(Account.username == username).values(**values))

    return change


@pytest.fixture
def sessions_of(site) -> Callable[[str], list[SignInSession]]:
    def read(username: str) -> list[SignInSession]:
        with site.app_context(), plain_session() as session:
            statement = select(SignInSession).join(Account, SignInSession.account_id == Account.id)
            return list(
                session.scalars(statement.where(Account.username == username).order_by(SignInSession.id))
            )

    return read


@pytest.fixture
def other_browser(site) -> Browser:
    """A second browser at the same site."""
    return Browser(site)
