"""常用语: those of the own unit and of the offices above it, for one field of a form."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.office import Phrase
from models.organisation import Unit

FIELDS = {"content": "反映内容", "reply": "答复意见", "place": "地点"}


def phrases_for(session: Session, unit_path: str) -> dict[str, list[str]]:
    """Field → phrases, the own unit's first."""
    line = [int(part) for part in unit_path.split("/") if part]
    statement = (
        select(Phrase.field, Phrase.text)
        .join(Unit, Phrase.unit_id == Unit.id)
        .where(Phrase.unit_id.in_(line), Phrase.retired_at.is_(None))
        .order_by(Unit.path.desc(), Phrase.id)
    )
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, text in session.execute(statement):
        found.setdefault(field, []).append(text)
    return found


def own_phrases(session: Session, unit_id: int) -> list[Phrase]:
    statement = (
        select(Phrase)
        .where(Phrase.unit_id == unit_id, Phrase.retired_at.is_(None))
        .order_by(Phrase.field, Phrase.id)
    )
    return list(session.scalars(statement))
