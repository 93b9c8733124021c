"""By what the people of a record are found in others: their names and the digests of their numbers."""

from collections.abc import Iterable
from typing import Any


def marks_of(contacts: Iterable[Any], *, by_name: bool = True) -> dict[str, list[str]]:
    """Arguments of `similar_visits` and `similar_petitions`. A name of one character says nothing; none is asked for
    where the reader sees them masked."""
    rows = list(contacts)
    return {
        "names": [c.name for c in rows if by_name and len(c.name) > 1],
        "id_digests": [c.id_number_digest for c in rows if c.id_number_digest],
        "telephone_digests": [c.telephone_digest for c in rows if c.telephone_digest],
    }
