"""The office's own rules on a day: effective-dated rows, else the declared default."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.office import OfficeRule
from rules.errors import NotVisible


@dataclass(frozen=True)
class DeclaredRule:
    key: str
    label: str
    default: int
    least: int
    most: int
    basis: str
    """Where the default comes from."""


GROUP_VISIT_PERSONS = DeclaredRule(
    "group_visit_persons", "集体访人数起点", 5, 2, 100, "通行口径：5 人及以上为集体访"
)
SESSION_WEEKDAY = DeclaredRule("session_weekday", "村级接访日（1 为星期一）", 3, 1, 7, "村级周三接访制度")
NEAR_DAYS = DeclaredRule("near_days", "期限临期提醒（提前几个工作日）", 3, 0, 20, "办公室工作安排")
SIGN_DAYS = DeclaredRule("supervision_sign_days", "督办签收期限（几个工作日）", 3, 1, 15, "办公室工作安排")
DECLARED = (GROUP_VISIT_PERSONS, SESSION_WEEKDAY, NEAR_DAYS, SIGN_DAYS)


_IN_FORCE = (
    select(OfficeRule.value)
    .where(OfficeRule.key == bindparam("rule"), OfficeRule.valid_from <= bindparam("day"))
    .order_by(OfficeRule.valid_from.desc(), OfficeRule.id.desc())
    .limit(1)
)


def rule_on(session: Session, rule: DeclaredRule, day: date) -> int:
    """The value that holds on a day."""
    value = session.scalar(_IN_FORCE, {"rule": rule.key, "day": day})
    return int(value) if value is not None else rule.default


def declared(key: str) -> DeclaredRule:
    """Raises NotVisible for a rule that does not exist."""
    for rule in DECLARED:
        if rule.key == key:
            return rule
    raise NotVisible("office_rule")


@dataclass(frozen=True)
class RuleLine:
    """A rule as a screen shows it: its value on a day, and every row ever set, latest first."""

    rule: DeclaredRule
    value: int
    basis: str
    rows: list[OfficeRule]
    in_force_id: int | None


def rule_lines(session: Session, day: date) -> list[RuleLine]:
    statement = select(OfficeRule).order_by(OfficeRule.valid_from.desc(), OfficeRule.id.desc())
    rows = list(session.scalars(statement))
    return [_line(rule, [r for r in rows if r.key == rule.key], day) for rule in DECLARED]


def _line(rule: DeclaredRule, rows: list[OfficeRule], day: date) -> RuleLine:
    now = next((r for r in rows if r.valid_from <= day), None)
    value, basis = (int(now.value), now.basis) if now else (rule.default, rule.basis)
    return RuleLine(rule, value, basis, rows, now.id if now else None)


@dataclass(frozen=True)
class RuleBook:
    """Every value that was ever set, so that many days can be asked about with one statement."""

    values: dict[str, list[tuple[date, int]]] = field(hash=False)
    """For each key, (first day, value), newest first."""

    def on(self, rule: DeclaredRule, day: date) -> int:
        """The value that holds on a day; agrees with `rule_on`."""
        return next((value for since, value in self.values.get(rule.key, []) if since <= day), rule.default)


def rule_book(session: Session) -> RuleBook:
    rows = session.execute(
        select(OfficeRule.key, OfficeRule.valid_from, OfficeRule.value).order_by(
            OfficeRule.valid_from.desc(), OfficeRule.id.desc()
        )
    )
    values: dict[str, list[tuple[date, int]]] = {}
    for key, since, value in rows:
        values.setdefault(key, []).append((since, int(value)))
    return RuleBook(values)
