"""One-time passwords, and the file in which the first ones of a site wait for their owners."""

import os
import secrets
from pathlib import Path

from rules.passwords import one_time_password

FIRST_PASSWORDS = "first-passwords.txt"  # noqa: S105


def new_one_time_password() -> str:
    """At least 80 random bits, readable without confusion."""
    return one_time_password(secrets.token_bytes(16))


def keep_first_passwords(path: Path, passwords: dict[str, str]) -> None:
    """A line for each sign-in name, readable by the owner only; an older file of this name is replaced."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{username}\t{password}\n" for username, password in passwords.items())
