"""The exact text of an audit entry that the chain protects."""

import json
from typing import Any

GENESIS = "0" * 64
"""What stands before the first entry."""

PROTECTED = (
    "id",
    "at",
    "action",
    "account_id",
    "actor_name",
    "actor_role",
    "actor_unit_id",
    "address",
    "subject_type",
    "subject_id",
    "subject_label",
    "reason",
    "fields",
    "digests",
)
"""Columns of AuditEntry in the order of the line."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def line_of(entry: Any) -> str:
    """Of an AuditEntry."""
    return line_of_values([getattr(entry, name) for name in PROTECTED])


def line_of_values(values: list[Any]) -> str:
    """Of the values of PROTECTED; the moment is written in ISO form."""
    values[1] = values[1].isoformat()
    return _encode(values)
