"""The texts a bulletin may begin with: those shipped for every office, and an office's own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bulletin import BulletinTemplate
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_templates import BulletinTemplate as ShippedText
from rules.bulletin_templates import read_template
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


def _own(row: BulletinTemplate) -> TemplateChoice:
    kind = BulletinKind(row.kind)
    return TemplateChoice(
        str(row.id), kind, row.name, row.title, row.addressees, row.copies_to, row.source, True
    )
