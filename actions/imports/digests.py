"""How an import knows a row again: its whole normalised content, as a keyed digest, counted."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from models.protected import content_digest


def digest_of(kind: str, values: dict[str, Any]) -> str:
    """Of the values as they are stored, empty ones left out, so that a column more or less changes nothing."""
    said = {name: str(value) for name, value in values.items() if value not in (None, "", ())}
    return content_digest(json.dumps([kind, said], ensure_ascii=False, sort_keys=True))


def not_known(rows: Iterable[Any], known: Counter[tuple[int, str]]) -> list[Any]:
    """Two equal rows in the file and one in the register make one new row."""
    left = known.copy()
    new = []
    for row in rows:
        key = (row.unit_id, row.digest)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(row)
    return new
