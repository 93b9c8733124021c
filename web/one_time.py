import secrets

from rules.passwords import one_time_password


def new_one_time_password() -> str:
    """At least 80 random bits, readable without confusion."""
    return one_time_password(secrets.token_bytes(16))
