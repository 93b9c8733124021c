"""What a copy of a database holds, read from the copy itself or in the same snapshot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Copied:
    """Schema revision, rows by table, and the audit chain's length and last value."""

    revision: str
    tables: dict[str, int]
    audit_entries: int
    audit_head: str
