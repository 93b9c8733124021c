"""When a name or an address may try to sign in again. Never for ever: an attacker must not be able to lock out an office."""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME = 5
FAILURES_PER_ADDRESS = 30
LONGEST = timedelta(hours=4)


def locked_until(failures: int, allowed: int, now: datetime) -> datetime | None:
    """After `allowed` failures 15 minutes, then doubling with each further one, at most 4 hours."""
    if failures < allowed:
        return None
    return now + min(WINDOW * 2 ** min(failures - allowed, 10), LONGEST)


def counts_again(first_failure_at: datetime, lock: datetime | None, now: datetime) -> bool:
    """Whether old failures are forgotten: the window is over and no lock ended within it."""
    latest = max(first_failure_at, lock) if lock else first_failure_at
    return now - latest > WINDOW
