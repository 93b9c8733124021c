"""People who do not exist, with numbers that nobody can have.

Identity numbers have a right check character but stand in region 999999, which no place has; mobile numbers
begin with 154, a block that was never given to subscribers. Both have the right form, so forms accept them.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from commands.demonstration.vocabulary import words

_NOWHERE = "999999"
_UNASSIGNED = "154"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class PlannedContact:
    name: str
    address: str
    id_number: str
    """Empty where the visitor did not show a card."""
    telephone: str


def person_name(rng: random.Random) -> str:
    surname = rng.choice(words("surnames_common" if rng.random() < 0.45 else "surnames_other"))
    first = rng.choice(words("given_first")) if rng.random() < 0.75 else ""
    return surname + first + rng.choice(words("given_last"))


def distinct_names(rng: random.Random, count: int) -> list[str]:
    """Names for members of staff, so that the telephone book can be told apart."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[person_name(rng)] = None
    return list(found)


def contact(rng: random.Random, address: str, today: date) -> PlannedContact:
    return PlannedContact(
        person_name(rng),
        address,
        id_number(rng, today) if rng.random() < 0.75 else "",
        mobile_number(rng) if rng.random() < 0.88 else "",
    )


def id_number(rng: random.Random, today: date) -> str:
    """18 characters of an adult between 20 and 80."""
    born = today - timedelta(days=rng.randint(20 * 366, 80 * 365))
    first_17 = f"{_NOWHERE}{born:%Y%m%d}{rng.randrange(1000):03}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return first_17 + "10X98765432"[total % 11]


def mobile_number(rng: random.Random) -> str:
    return f"{_UNASSIGNED}{rng.randrange(10**8):08}"
