"""What the database's planner knows about the rows; without it SQLite takes the wrong index for a long list."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_ROWS_LOOKED_AT = 1_000
"""Of each index; enough to choose by, and quick however large the table."""


def refresh_planner_statistics(session: Session) -> None:
    """To be called after many rows came at once, inside the unit of work that brought them (under a second)."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA analysis_limit={_ROWS_LOOKED_AT}"))
    session.execute(text("ANALYZE"))
