"""The tree of units: adding, editing, closing. A unit is never deleted and never moves."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from models.organisation import Unit
from models.pinyin import initials_of, spelling_of
from queries.organisation import in_the_way_of_closing, root_unit, unit_by_code
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Actor
from rules.taxonomy import UnitCategory
from rules.unit_rules import check_place, may_become, normalised_code


def create_unit(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    code: str,
    name: str,
    category: UnitCategory,
    parent: Unit | None,
    short_name: str = "",
    sort_order: int = 0,
    telephone: str = "",
) -> Unit:
    """A unit below `parent`, valid from `today`; without one, the root or a 外部单位.

    Raises RuleViolation on `code`, `name`, `category` or `parent`.
    """
    code = normalised_code(code)
    category = UnitCategory(category)
    if unit_by_code(session, code) is not None:
        raise RuleViolation(f"机构代码 {code} 已经有了。", "code")
    _check_parent(session, category, parent, today)
    unit = Unit(
        code=code,
        category=category.value,
        parent_id=parent.id if parent else None,
        sort_order=sort_order,
        telephone=telephone.strip(),
        valid_from=today,
    )
    _name(unit, name, short_name)
    _refuse_namesake(session, unit)
    session.add(unit)
    session.flush()
    if category is not UnitCategory.EXTERNAL:
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    audit.record(
        session,
        actor=actor,
        now=now,
        action="unit.add",
        subject=unit,
        label=unit.code,
        after=audit.values_of(unit),
    )
    return unit


@dataclass(frozen=True)
class UnitData:
    """What may be edited. A unit keeps its code and its place."""

    name: str
    category: UnitCategory
    short_name: str = ""
    sort_order: int = 0
    telephone: str = ""


def edit_unit(
    session: Session, *, actor: Actor, now: datetime, unit: Unit, version: int, data: UnitData, reason: str
) -> None:
    """Raises StaleVersion, RuleViolation on `name` or `category`."""
    _expect(unit, version)
    if data.category not in may_become(UnitCategory(unit.category)):
        raise RuleViolation(
            f"{UnitCategory(unit.category).label}不能改为{data.category.label}；请撤销后另建。", "category"
        )
    before = audit.values_of(unit)
    _name(unit, data.name, data.short_name)
    unit.category, unit.sort_order, unit.telephone = (
        data.category.value,
        data.sort_order,
        data.telephone.strip(),
    )
    _refuse_namesake(session, unit)
    _changed(session, actor, now, unit, "unit.edit", before, reason)


def close_unit(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    unit: Unit,
    version: int,
    last_day: date,
    successor: Unit | None,
    reason: str,
) -> None:
    """The last day it exists, and which unit carries on. Refused while units, people or accounts remain."""
    _expect(unit, version)
    if unit.valid_to is not None:
        raise RuleViolation("这个机构已经撤销。")
    if unit.path and unit.parent_id is None:
        raise RuleViolation("最上级机构不能撤销。")
    if last_day > today or (unit.valid_from and last_day < unit.valid_from):
        raise RuleViolation(f"撤销日期应在成立日期之后，且不晚于今天 {today}。", "last_day")
    if successor is not None and (successor.id == unit.id or not successor.is_open(today)):
        raise RuleViolation("承接单位应是另一个未撤销的机构。", "successor")
    remaining = in_the_way_of_closing(session, unit, today)
    if remaining:
        raise RuleViolation(f"还不能撤销：{'；'.join(remaining)}。请先处理。")
    before = audit.values_of(unit)
    unit.valid_to, unit.successor_id = last_day, successor.id if successor else None
    _changed(session, actor, now, unit, "unit.close", before, reason)


def reopen_unit(
    session: Session, *, actor: Actor, now: datetime, today: date, unit: Unit, version: int, reason: str
) -> None:
    """Take back a closing made by mistake."""
    _expect(unit, version)
    if unit.valid_to is None:
        raise RuleViolation("这个机构没有撤销。")
    if unit.parent is not None and not unit.parent.is_open(today):
        raise RuleViolation(f"上级机构{unit.parent.label}已撤销，不能恢复。")
    before = audit.values_of(unit)
    unit.valid_to, unit.successor_id = None, None
    _changed(session, actor, now, unit, "unit.reopen", before, reason)


def _check_parent(session: Session, category: UnitCategory, parent: Unit | None, today: date) -> None:
    if parent is not None and not parent.path:
        raise RuleViolation("外部单位下面不能再设机构。", "parent")
    check_place(category, UnitCategory(parent.category) if parent else None)
    if parent is not None and not parent.is_open(today):
        raise RuleViolation(f"上级机构{parent.label}已撤销。", "parent")
    if parent is None and category is not UnitCategory.EXTERNAL:
        root = root_unit(session)
        if root is not None:
            raise RuleViolation(f"已有最上级机构{root.name}（{root.code}），请填上级。", "parent")


def _name(unit: Unit, name: str, short_name: str) -> None:
    unit.name = name.strip()
    if not unit.name:
        raise RuleViolation("请填写机构名称。", "name")
    unit.short_name = short_name.strip()
    unit.initials, unit.spelling = initials_of(unit.name), spelling_of(unit.name)


def _refuse_namesake(session: Session, unit: Unit) -> None:
    """Below one parent a name tells a unit; two villages of one name stand in different townships."""
    statement = select(Unit.code).where(
        Unit.parent_id == unit.parent_id if unit.parent_id else Unit.parent_id.is_(None),
        Unit.name == unit.name,
        Unit.valid_to.is_(None),
        Unit.code != unit.code,
    )
    with session.no_autoflush:
        code = session.scalar(statement)
    if code is not None:
        raise RuleViolation(f"同一上级下已有“{unit.name}”（{code}）。", "name")


def _expect(unit: Unit, version: int) -> None:
    if unit.version != version:
        raise StaleVersion


def _changed(
    session: Session, actor: Actor, now: datetime, unit: Unit, action: str, before: audit.Values, reason: str
) -> None:
    unit.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=unit,
        label=unit.code,
        before=before,
        after=audit.values_of(unit),
        reason=reason,
    )
