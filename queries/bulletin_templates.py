"""The texts a bulletin may begin with: those shipped for every office, and an office's own."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bulletin import BulletinTemplate
from models.staff import Person
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_templates import BulletinTemplate as ShippedText
from rules.bulletin_templates import read_template
from rules.errors import NotVisible
from rules.roles import Actor

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "bulletins"


@dataclass(frozen=True)
class TemplateChoice:
    """`key` is the kind for a shipped text, the row's id for an office's own."""

    key: str
    kind: BulletinKind
    name: str
    title: str
    addressees: str
    copies_to: str
    source: str
    is_own: bool


@cache
def shipped_templates() -> tuple[TemplateChoice, ...]:
    """In the order of the kinds; read once."""
    texts = [read_template(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))]
    order = list(BulletinKind)
    return tuple(_shipped(text) for text in sorted(texts, key=lambda t: order.index(t.kind)))


def _shipped(text: ShippedText) -> TemplateChoice:
    name = f"{text.kind.label}（系统自带）"
    return TemplateChoice(
        text.kind.value, text.kind, name, text.title, text.addressees, text.copies_to, text.body, False
    )


def template_choices(session: Session, actor: Actor) -> list[TemplateChoice]:
    """The office's own in front of the shipped ones of the same kind."""
    statement = select(BulletinTemplate).where(
        BulletinTemplate.unit_id == actor.unit_id, BulletinTemplate.retired_at.is_(None)
    )
    own = [_own(row) for row in session.scalars(statement.order_by(BulletinTemplate.id))]
    order = list(BulletinKind)
    return sorted([*own, *shipped_templates()], key=lambda t: (order.index(t.kind), not t.is_own))


def template_choice(session: Session, actor: Actor, key: str) -> TemplateChoice | None:
    """A shipped one by its kind, or one of the office's own by its id."""
    return next((t for t in template_choices(session, actor) if t.key == key), None)


def load_template(session: Session, actor: Actor, template_id: int) -> BulletinTemplate:
    """One of the actor's own office that is in use. Raises NotVisible."""
    row = session.get(BulletinTemplate, template_id)
    if row is None or row.unit_id != actor.unit_id or row.retired_at is not None:
        raise NotVisible("bulletin_template")
    return row


@dataclass(frozen=True)
class TemplateLine:
    """One of the office's own, as its list shows it; `saved_at` is UTC."""

    id: int
    kind: str
    name: str
    title: str
    saved_at: datetime
    saved_by: str


def template_lines(session: Session, actor: Actor) -> list[TemplateLine]:
    """Those in use, by kind; one statement."""
    statement = (
        select(BulletinTemplate, Person.name)
        .outerjoin(Person, Person.id == BulletinTemplate.saved_by_id)
        .where(BulletinTemplate.unit_id == actor.unit_id, BulletinTemplate.retired_at.is_(None))
        .order_by(BulletinTemplate.id)
    )
    order = list(BulletinKind)
    return [
        TemplateLine(row.id, BulletinKind(row.kind).label, row.name, row.title, row.saved_at, name or "")
        for row, name in sorted(
            session.execute(statement), key=lambda r: order.index(BulletinKind(r[0].kind))
        )
    ]


def _own(row: BulletinTemplate) -> TemplateChoice:
    kind = BulletinKind(row.kind)
    return TemplateChoice(
        str(row.id), kind, row.name, row.title, row.addressees, row.copies_to, row.source, True
    )
