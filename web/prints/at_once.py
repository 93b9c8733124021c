"""Papers that are drawn while their reader waits, and the order for those that are too long for it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from actions.print_orders import order_print
from documents.register import TIMEOUT_SECONDS
from documents.render_process import render
from extensions import db
from models.print_order import PrintOrder
from rules.errors import NotVisible, RuleViolation
from rules.roles import Actor
from web import clock
from web.prints.kind import Gathered, Head, PrintKind, Wanted
from web.prints.kinds import PRINTS
from web.unit_of_work import writing


def wanted_print(session: Session, actor: Actor, name: str, args: Mapping[str, str]) -> Wanted:
    """What was asked for. Raises NotVisible without the permission or such a kind, RuleViolation on the arguments."""
    kind = PRINTS.get(name)
    if kind is None or not actor.may(kind.permission):
        raise NotVisible("print")
    return kind.settle(session, actor, args)


def print_at_once(session: Session, actor: Actor, kind: PrintKind, args: Mapping[str, str]) -> bytes:
    """The PDF. Raises RenderingFailed."""
    pieces: list[Any] = []
    head = gather_into(kind.gather(session, actor, args), pieces.append)
    return render(kind.whole, head, kind.load(session, actor, pieces), timeout_seconds=TIMEOUT_SECONDS)


def gather_into(gathered: Gathered, keep: Callable[[Any], None]) -> Head:
    """Hand every piece to `keep`; returns the head."""
    while True:
        try:
            piece = next(gathered)
        except StopIteration as end:
            return dict(end.value)
        keep(piece)


def order_in_background(actor: Actor, name: str, args: Mapping[str, str]) -> PrintOrder:
    """A unit of work of its own, after what is wanted was counted. Raises NotVisible, RuleViolation."""
    wanted = wanted_in_background(db.session(), actor, name, args)
    with writing() as session:
        return order_wanted(session, actor, name, wanted)


def wanted_in_background(session: Session, actor: Actor, name: str, args: Mapping[str, str]) -> Wanted:
    """Raises NotVisible, and RuleViolation for nothing or too much."""
    wanted = wanted_print(session, actor, name, args)
    kind = PRINTS[name]
    if not wanted.pieces:
        raise RuleViolation("没有可以打印的内容，请改一下筛选条件。")
    if wanted.pieces > kind.most:
        raise RuleViolation(
            f"符合条件的有 {wanted.pieces:,} {kind.counted}，一次最多打印 {kind.most:,} {kind.counted}，请缩小日期或单位范围。"
        )
    return wanted


def order_wanted(session: Session, actor: Actor, name: str, wanted: Wanted) -> PrintOrder:
    """Inside a unit of work. Raises RuleViolation on too many orders."""
    return order_print(
        session, actor=actor, now=clock.now(), kind=name, title=PRINTS[name].title, arguments=wanted.arguments,
        sentence=wanted.sentence, pieces=wanted.pieces,
    )  # fmt: skip
