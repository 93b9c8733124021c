"""Accounts of the cast, by their names."""

from sqlalchemy import select

from models.staff import Account


def account_of(session, member):
    return session.scalars(select(Account).where(Account.username == member.username)).one()
