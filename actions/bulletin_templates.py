"""An office's own templates of bulletins: keeping one, changing it, putting it out of use."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_retired
from actions.once import already_made, note_made
from indicators.template_check import template_problems
from models.bulletin import BulletinTemplate
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import may_draft_for
from rules.bulletin_templates import require_name, require_plain_lines
from rules.bulletin_texts import require_texts
from rules.errors import NotVisible, RuleViolation, StaleVersion
from rules.roles import Actor


@dataclass(frozen=True)
class TemplateData:
    """All but kind and name may hold tokens of `rules.bulletin_text`."""

    kind: BulletinKind
    name: str
    title: str
    source: str
    addressees: str = ""
    copies_to: str = ""


def add_template(
    session: Session, *, actor: Actor, now: datetime, data: TemplateData, submission_key: str = ""
) -> BulletinTemplate:
    """A new one of the actor's own office. Raises RuleViolation(s) at the fields of `TemplateData`."""
    made = already_made(session, submission_key, actor, BulletinTemplate)
    if made is not None:
        return session.get_one(BulletinTemplate, made)
    if not may_draft_for(actor, actor.unit_id or 0):
        raise NotVisible("bulletin_template")
    _check(session, actor, data, None)
    row = BulletinTemplate(unit_id=actor.unit_id, saved_at=now, saved_by_id=actor.person_id, **_columns(data))
    session.add(row)
    session.flush()
    _record(session, actor, now, row, {})
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def save_template(
    session: Session, *, actor: Actor, now: datetime, row: BulletinTemplate, version: int, data: TemplateData
) -> None:
    """Bulletins already drafted from it keep their text. Raises RuleViolation(s), StaleVersion."""
    _require_own(actor, row, version)
    _check(session, actor, data, row.id)
    before = audit.values_of(row)
    for name, value in _columns(data).items():
        setattr(row, name, value)
    row.saved_at, row.saved_by_id, row.version = now, actor.person_id, row.version + 1
    _record(session, actor, now, row, before)


def retire_template(
    session: Session, *, actor: Actor, now: datetime, row: BulletinTemplate, version: int, reason: str
) -> None:
    """It is offered no more; what was drafted from it stays."""
    _require_own(actor, row, version)
    make_retired(
        session,
        actor=actor,
        now=now,
        row=row,
        action="bulletin-template.retire",
        label=row.name,
        reason=reason,
    )


def _check(session: Session, actor: Actor, data: TemplateData, own_id: int | None) -> None:
    require_name(data.name)
    require_texts(data.title, data.source)
    require_plain_lines(title=data.title, addressees=data.addressees, copies_to=data.copies_to)
    if problems := template_problems(session, actor, data.source):
        raise RuleViolation(f"正文有 {len(problems)} 处要改：{problems[0]}", "source")
    same = select(BulletinTemplate.id).where(
        BulletinTemplate.unit_id == actor.unit_id,
        BulletinTemplate.name == data.name.strip(),
        BulletinTemplate.retired_at.is_(None),
        BulletinTemplate.id != (own_id or 0),
    )
    if session.scalar(same.limit(1)) is not None:
        raise RuleViolation(f"本单位已有一个模板叫“{data.name.strip()}”，请换个名字。", "name")


def _columns(data: TemplateData) -> audit.Values:
    return {
        "kind": data.kind.value,
        "name": data.name.strip(),
        "title": data.title.strip(),
        "addressees": data.addressees.strip(),
        "copies_to": data.copies_to.strip(),
        "source": data.source.replace("\r\n", "\n").rstrip(),
    }


def _record(
    session: Session, actor: Actor, now: datetime, row: BulletinTemplate, before: audit.Values
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action="bulletin-template.save",
        subject=row,
        label=row.name,
        before=before,
        after=audit.values_of(row),
    )


def _require_own(actor: Actor, row: BulletinTemplate, version: int) -> None:
    if not may_draft_for(actor, row.unit_id) or row.retired_at is not None:
        raise NotVisible("bulletin_template")
    if row.version != version:
        raise StaleVersion
