"""The office's own rules on a day: effective-dated rows, else the declared default."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.office import OfficeRule


@dataclass(frozen=True)
class DeclaredRule:
    key: str
    label: str
    default: int
    least: int
    most: int
    basis: str
    """Where the default comes from."""


GROUP_VISIT_PERSONS = DeclaredRule("group_visit_persons", "集体访人数起点", 5, 2, 100, "通行口径:5 人及以上为集体访")
SESSION_WEEKDAY = DeclaredRule("session_weekday", "村级接访日(1 为星期一)", 3, 1, 7, "村级周三接访制度")
DECLARED = (GROUP_VISIT_PERSONS, SESSION_WEEKDAY)


def rule_on(session: Session, rule: DeclaredRule, day: date) -> int:
    """The value that holds on a day."""
    value = session.scalar(
        select(OfficeRule.value)
        .where(OfficeRule.key == rule.key, OfficeRule.valid_from <= day)
        .order_by(OfficeRule.valid_from.desc(), OfficeRule.id.desc())
        .limit(1)
    )
    return int(value) if value is not None else rule.default
