"""Categories and places offered while typing, and what a typed text means."""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.category import Category
from models.office import RecentChoice
from models.organisation import Unit
from models.pinyin import initials_of
from models.staff import Person, Posting
from queries.organisation import open_units
from rules.errors import RuleViolation
from rules.pinyin_match import rank

MOST_NAMED = 6


@dataclass(frozen=True)
class Choice:
    """One line offered. `label` is what the field then holds, and what the server understands again."""

    id: int
    label: str
    code: str
    initials: str
    spelling: str = ""
    aliases: str = ""
    alias_initials: str = ""
    """Pinyin initials of each alias, `;` between them."""
    hint: str = ""
    recent: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def category_choices(session: Session, account_id: int | None) -> list[Choice]:
    """Categories in use, those the account chose last first."""
    statement = (
        select(Category)
        .where(Category.retired.is_(False))
        .options(joinedload(Category.parent))
        .order_by(Category.code)
    )
    found = [
        Choice(
            c.id,
            c.label,
            c.code,
            c.initials,
            aliases=c.aliases,
            alias_initials=_alias_initials(c.aliases),
            hint=c.aliases.replace(";", " "),
        )
        for c in session.scalars(statement)
    ]
    return _recent_first(found, _recent(session, account_id, "category"))


@dataclass(frozen=True)
class CategoryLine:
    """A category as one line of a filter; `depth` is 0 or 1."""

    id: int
    label: str
    depth: int


def category_lines(session: Session) -> list[CategoryLine]:
    """Categories in use with what stands below each, for a filter."""
    statement = (
        select(Category.id, Category.name, Category.parent_id)
        .where(Category.retired.is_(False))
        .order_by(Category.code)
    )
    return [CategoryLine(c.id, c.name, int(c.parent_id is not None)) for c in session.execute(statement)]


def unit_choices(session: Session, account_id: int | None, today: date, field: str = "unit") -> list[Choice]:
    """Open units with the township in their label where a village's name alone would not do."""
    units = open_units(session, today)
    by_id = {u.id: u for u in units}
    found = [
        Choice(
            u.id,
            unit_label(u, by_id),
            u.code,
            u.initials,
            u.spelling,
            hint=u.name if u.short_name != u.name else "",
        )
        for u in units
    ]
    return _recent_first(found, _recent(session, account_id, field))


def unit_label(unit: Unit, by_id: dict[int, Unit]) -> str:
    above = by_id.get(unit.parent_id or 0)
    if unit.category in ("village", "community") and above is not None:
        return f"{above.label}/{unit.label}"
    return unit.label


def label_of_unit(unit: Unit | None) -> str:
    """The label that a form's field holds for a saved unit."""
    if unit is None:
        return ""
    return unit_label(unit, {unit.parent_id: unit.parent} if unit.parent_id and unit.parent else {})


def understood(choices: list[Choice], text: str, field: str) -> Choice:
    """The one choice that a typed text means: its label, its code, or a unique match of characters or pinyin.

    Raises RuleViolation listing the possible ones.
    """
    wanted = text.strip()
    exact = [c for c in choices if wanted in (c.label, c.code, c.label.rpartition("/")[2])]
    if len(exact) == 1:
        return exact[0]
    ranked = exact or _best(choices, wanted)
    if len(ranked) == 1:
        return ranked[0]
    if not ranked:
        raise RuleViolation(f"没有找到“{wanted[:20]}”，请换个字或打拼音首字母。", field)
    named = "、".join(c.label for c in ranked[:MOST_NAMED])
    raise RuleViolation(
        f"“{wanted[:20]}”可以是：{named}{'…' if len(ranked) > MOST_NAMED else ''}。请选定一个。", field
    )


def person_label(person: Person, unit: Unit | None) -> str:
    return f"{person.name} {unit.label}" if unit else person.name


def person_named(session: Session, text: str, today: date, field: str) -> int:
    """Id of the member of staff that a text names: a name, or a name and a unit. Raises RuleViolation."""
    name, _space, unit_text = text.partition(" ")
    statement = (
        select(Person, Unit)
        .join(Posting, Posting.person_id == Person.id)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(Person.name == name, or_(Posting.to_date.is_(None), Posting.to_date >= today))
    )
    found = {
        p.id: (p, u) for p, u in session.execute(statement) if unit_text.strip() in ("", u.label, u.name)
    }
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise RuleViolation(f"没有叫“{name[:20]}”的工作人员。不在本系统的人，请写在反映内容里。", field)
    labels = "、".join(person_label(p, u) for p, u in list(found.values())[:MOST_NAMED])
    raise RuleViolation(f"有同名的：{labels}。请写成“姓名 单位”。", field)


@cache
def _alias_initials(aliases: str) -> str:
    return ";".join(initials_of(alias) for alias in aliases.split(";"))


def _best(choices: list[Choice], wanted: str) -> list[Choice]:
    scored = [(s, c) for c in choices if (s := _score(c, wanted)) is not None]
    if not scored:
        return []
    best = min(s for s, _c in scored)
    return [c for s, c in scored if s == best]


def _score(choice: Choice, wanted: str) -> Any:
    if wanted and wanted in (*choice.aliases.split(";"), *choice.alias_initials.split(";")):
        return 0
    found = rank(wanted, f"{choice.label} {choice.aliases}", choice.initials, choice.spelling)
    return None if found is None else int(found) + 1


def _recent(session: Session, account_id: int | None, field: str) -> list[str]:
    if account_id is None:
        return []
    statement = (
        select(RecentChoice.value)
        .where(RecentChoice.account_id == account_id, RecentChoice.field == field)
        .order_by(RecentChoice.used_at.desc())
        .limit(8)
    )
    return list(session.scalars(statement))


def _recent_first(choices: list[Choice], recent: list[str]) -> list[Choice]:
    places = {code: place for place, code in enumerate(recent)}
    first = sorted((c for c in choices if c.code in places), key=lambda c: places[c.code])
    marked = [Choice(**{**asdict(c), "recent": True}) for c in first]
    return marked + [c for c in choices if c.code not in places]
