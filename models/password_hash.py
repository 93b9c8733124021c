"""argon2id hashes: 64 MiB, three passes. Slow on purpose, so never inside a transaction and two at a time."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_at_once = threading.BoundedSemaphore(2)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Takes as long for an unknown account (`None`) as for a known one."""
    with _at_once:
        try:
            matches = _hasher.verify(password_hash or _nobodys(), password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return bool(matches) and password_hash is not None
