"""An office's common phrases: added and retired, never deleted."""

from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_retired
from models.office import Phrase
from queries.phrases import FIELDS
from rules.errors import NotVisible, RuleViolation
from rules.roles import Actor

MOST = 60


def add_phrase(session: Session, *, actor: Actor, now: datetime, field: str, text: str) -> Phrase:
    """Raises RuleViolation on `field` or `text`."""
    if field not in FIELDS:
        raise RuleViolation("请选择用在哪一栏。", "field")
    same = session.query(Phrase).filter_by(unit_id=actor.unit_id, field=field, retired_at=None)
    if same.filter_by(text=text).first() is not None:
        raise RuleViolation("已经有这一条了。", "text")
    if same.count() >= MOST:
        raise RuleViolation(f"每栏最多 {MOST} 条，请先停用不常用的。", "text")
    phrase = Phrase(unit_id=actor.unit_id or 0, field=field, text=text)
    session.add(phrase)
    session.flush()
    audit.record(
        session, actor=actor, now=now, action="phrase.add", subject=phrase, after=audit.values_of(phrase)
    )
    return phrase


def retire_phrase(session: Session, *, actor: Actor, now: datetime, phrase_id: int) -> None:
    """Raises NotVisible for another unit's phrase."""
    phrase = session.get(Phrase, phrase_id)
    if phrase is None or phrase.unit_id != actor.unit_id:
        raise NotVisible("phrase")
    make_retired(session, actor=actor, now=now, row=phrase, action="phrase.retire", label=phrase.text[:40])
