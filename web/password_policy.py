"""The password rules bound to this site's settings and word list."""

from functools import cache

from flask import current_app

from config import ROOT
from rules.passwords import PROFILES, problems


@cache
def common_passwords() -> frozenset[str]:
    return frozenset((ROOT / "data" / "common_passwords.txt").read_text(encoding="utf-8").split())


def password_problems(password: str, username: str) -> list[str]:
    """Chinese sentences, one per rule the password breaks."""
    return problems(
        password,
        profile=PROFILES[str(current_app.config["PASSWORD_PROFILE"])],
        username=username,
        context_words=("xinfang", "信访", str(current_app.config["SITE_NAME"])),
        blocklist=common_passwords(),
    )
