"""Named reads about units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.organisation import Unit
from models.petition import Petition
from models.staff import Account, Person, Posting
from models.supervision import SupervisionLine, SupervisionTask
from queries.scope import visible_units
from rules.errors import NotVisible
from rules.petition_states import RUNNING as UNFINISHED
from rules.pinyin_match import rank
from rules.roles import Actor
from rules.supervision_states import RUNNING, LineState, TaskState


def unit_by_code(session: Session, code: str) -> Unit | None:
    """Codes are stored in upper case."""
    return session.scalar(select(Unit).where(Unit.code == code.strip().upper()))


def root_unit(session: Session) -> Unit | None:
    return session.scalar(select(Unit).where(Unit.parent_id.is_(None), Unit.path != ""))


def open_units(session: Session, today: date) -> list[Unit]:
    """All units still in being, those outside the tree too, in tree order."""
    statement = (
        select(Unit).where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today)).order_by(Unit.path, Unit.id)
    )
    return list(session.scalars(statement))


@dataclass(frozen=True)
class UnitLine:
    """A unit as one line of a tree: `depth` counts from the top line shown."""

    id: int
    label: str
    depth: int
    category: str
    code: str


def units_in_scope(session: Session, actor: Actor, today: date | None = None) -> list[UnitLine]:
    """The units an actor may look at, in tree order; with `today`, only those still in being."""
    return _lines(session, visible_units(actor), today)


def units_to_step_down(
    session: Session,
    actor: Actor,
    chosen: int | None,
    today: date | None = None,
    *,
    also: int | None = None,
) -> list[UnitLine]:
    """What a filter of units offers: the actor's top unit and those directly below it, then those directly below
    each unit on the way down to the chosen one, and to `also`, where a list has two such filters. A county's thousand
    villages are reached through its townships."""
    paths = [_path_of(session, unit_id) for unit_id in (chosen, also)]
    opened = [_ids_of(actor.scope_path)[-1:], *map(_ids_of, paths)]
    ids = [unit_id for line in opened for unit_id in line]
    return _lines(session, visible_units(actor).where(or_(Unit.id.in_(ids), Unit.parent_id.in_(ids))), today)


def _path_of(session: Session, unit_id: int | None) -> str:
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    return unit.path if unit else ""


def _ids_of(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _lines(session: Session, statement: Select[Unit], today: date | None) -> list[UnitLine]:
    if today is not None:
        statement = statement.where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
    units = session.execute(statement.with_only_columns(*_LINE_COLUMNS)).all()
    return [
        UnitLine(u.id, u.short_name or u.name, depth, u.category, u.code) for u, depth in in_tree_order(units)
    ]


_LINE_COLUMNS = (
    Unit.id,
    Unit.name,
    Unit.short_name,
    Unit.category,
    Unit.code,
    Unit.parent_id,
    Unit.sort_order,
)
"""Plain columns: a thousand rows of them come in a fifth of the time that a thousand objects take."""


def in_tree_order(units: Sequence[Any]) -> list[tuple[Any, int]]:
    """Each unit (or row of its id, parent_id, sort_order and code) with its depth; below one parent by sort
    order, then by code."""
    ids = {u.id for u in units}
    below: dict[int | None, list[Any]] = {}
    for unit in sorted(units, key=lambda u: (u.sort_order, u.code)):
        below.setdefault(unit.parent_id if unit.parent_id in ids else None, []).append(unit)
    return list(_walk(below, None, 0))


def listed_by_tree(session: Session, statement: Select[Unit]) -> list[Unit]:
    """The units of a statement, for a drop-down of few."""
    return [unit for unit, _depth in in_tree_order(list(session.scalars(statement)))]


def units_with_ids(session: Session, ids: set[int]) -> list[Unit]:
    """In tree order; one statement."""
    return listed_by_tree(session, select(Unit).where(Unit.id.in_(ids)))


def _walk(below: dict[int | None, list[Any]], parent: int | None, depth: int) -> Iterator[tuple[Any, int]]:
    for unit in below.get(parent, []):
        yield unit, depth
        yield from _walk(below, unit.id, depth + 1)


MOST_NAMED = 6
_RUNNING = [stage.value for stage in UNFINISHED]
_OWED = [LineState.DRAFT.value, *(state.value for state in RUNNING)]
"""A draft would be sent to a unit that is no more."""


def in_the_way_of_closing(session: Session, unit: Unit, today: date) -> list[str]:
    """What must go first, in words: units below, accounts, people still posted there, petitions it must answer."""
    below = select(Unit.name).where(
        Unit.parent_id == unit.id, or_(Unit.valid_to.is_(None), Unit.valid_to >= today)
    )
    accounts = select(Account.username).where(Account.unit_id == unit.id, Account.disabled_at.is_(None))
    people = (
        select(Person.name)
        .join(Posting, Posting.person_id == Person.id)
        .where(Posting.unit_id == unit.id, Posting.to_date.is_(None))
    )
    found = (
        ("下级机构", list(session.scalars(below.order_by(Unit.sort_order, Unit.code)))),
        ("未停用的账号", list(session.scalars(accounts.order_by(Account.username)))),
        ("在岗人员", list(session.scalars(people.order_by(Person.id)))),
    )
    in_words = [f"{what} {len(names)} 个（{_named(names)}）" for what, names in found if names]
    running = running_petitions(session, unit)
    supervised, filed = _running_supervision(session, unit)
    more = (
        (running, f"没有办完的信访事项 {running} 件（由县信访局移交给承接的单位，或者办结，以后才能撤销）"),
        (supervised, f"没有销号的督办 {supervised} 件（由立项单位销号或撤回）"),
        (filed, f"本单位立项、没有办结的督办 {filed} 件"),
    )
    return [*in_words, *(words for count, words in more if count)]


def running_petitions(session: Session, unit: Unit) -> int:
    """In number only: who manages units sees no petition."""
    owed = select(func.count(Petition.id)).where(
        Petition.responsible_unit_id == unit.id, Petition.voided_at.is_(None), Petition.stage.in_(_RUNNING)
    )
    return session.scalar(owed) or 0


def _running_supervision(session: Session, unit: Unit) -> tuple[int, int]:
    """Lines that the unit still owes, and tasks that it filed and that are not at their end; in number only."""
    live = (SupervisionTask.voided_at.is_(None), SupervisionTask.state != TaskState.CLOSED.value)
    owed = (
        select(func.count(SupervisionLine.id))
        .join(SupervisionTask, SupervisionLine.task_id == SupervisionTask.id)
        .where(SupervisionLine.unit_id == unit.id, SupervisionLine.state.in_(_OWED), *live)
    )
    filed = select(func.count(SupervisionTask.id)).where(SupervisionTask.unit_id == unit.id, *live)
    return session.scalar(owed) or 0, session.scalar(filed) or 0


def _named(names: list[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")


@dataclass(frozen=True)
class TreeUnit:
    """A unit of the whole tree with its children; `accounts` counts those not disabled."""

    unit: Unit
    accounts: int
    open: bool
    children: list["TreeUnit"]

    @property
    def size(self) -> int:
        """Units below, at any depth."""
        return sum(1 + child.size for child in self.children)


@dataclass(frozen=True)
class Tree:
    """The roots (one, on a site that is set up), and the units outside the tree."""

    roots: list[TreeUnit]
    outside: list[TreeUnit]


def whole_tree(session: Session, today: date, *, closed: bool = False) -> Tree:
    """Every unit of the site for those who keep its organisation; with `closed` also closed ones. Two statements."""
    units = [u for u in session.scalars(select(Unit)) if closed or u.is_open(today)]
    counts = dict(
        session.execute(
            select(Account.unit_id, func.count())
            .where(Account.disabled_at.is_(None))
            .group_by(Account.unit_id)
        ).all()
    )
    ids = {u.id for u in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in sorted(units, key=lambda u: (u.sort_order, u.code)):
        below.setdefault(unit.parent_id if unit.parent_id in ids else None, []).append(unit)

    def branch(unit: Unit) -> TreeUnit:
        children = [branch(child) for child in below.get(unit.id, [])]
        return TreeUnit(unit, counts.get(unit.id, 0), unit.is_open(today), children)

    tops = [branch(u) for u in below.get(None, [])]
    return Tree([t for t in tops if t.unit.path], [t for t in tops if not t.unit.path])


def found_units(session: Session, today: date, q: str) -> list[Unit]:
    """Units by name, short name, code or pinyin, closed ones too; the best first."""
    scored = []
    for unit in session.scalars(select(Unit).options(joinedload(Unit.parent)).order_by(Unit.path, Unit.id)):
        if (
            found := rank(q, f"{unit.name} {unit.short_name} {unit.code}", unit.initials, unit.spelling)
        ) is not None:
            scored.append((not unit.is_open(today), found, unit))
    return [unit for _closed, _found, unit in sorted(scored, key=lambda s: s[:2])]


def unit_by_id(session: Session, unit_id: int) -> Unit:
    """Any unit of the site, for those who keep its organisation. Raises NotVisible."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotVisible("unit")
    return unit


def units_to_choose(session: Session, today: date) -> list[tuple[Unit, int]]:
    """Open units of the tree with their depth, for a drop-down."""
    return in_tree_order([u for u in open_units(session, today) if u.path])
