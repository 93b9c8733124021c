"""The password rules bound to this site's settings and word list."""

from datetime import datetime
from functools import cache

from flask import current_app

from config import ROOT
from rules.passwords import PROFILES, PasswordProfile, is_expired, problems
from web import clock


@cache
def common_passwords() -> frozenset[str]:
    return frozenset((ROOT / "data" / "common_passwords.txt").read_text(encoding="utf-8").split())


def password_problems(password: str, username: str) -> list[str]:
    """Chinese sentences, one per rule the password breaks."""
    return problems(
        password,
        profile=profile(),
        username=username,
        context_words=("xinfang", "信访", str(current_app.config["SITE_NAME"])),
        blocklist=common_passwords(),
    )


def password_expired(changed_at: datetime) -> bool:
    """Whether the profile asks for another one now (等保: after 90 days). Takes a naive UTC moment."""
    return is_expired(clock.local(changed_at).date(), clock.today(), profile())


def profile() -> PasswordProfile:
    return PROFILES[str(current_app.config["PASSWORD_PROFILE"])]
