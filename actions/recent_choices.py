"""What an account chose last, so that it is offered first."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.office import RecentChoice


def note_choice(session: Session, *, account_id: int | None, field: str, value: str, now: datetime) -> None:
    if account_id is None or not value:
        return
    row = session.get(RecentChoice, (account_id, field, value[:80]))
    if row is None:
        session.add(RecentChoice(account_id=account_id, field=field, value=value[:80], used_at=now))
    else:
        row.used_at = now
