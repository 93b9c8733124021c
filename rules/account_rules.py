"""Which account may hold which role. Three officers share the power over the system; none holds two parts of it
(GB/T 22239-2019 安全管理中心: 系统管理、审计管理、安全管理三员分立)."""

from collections.abc import Iterable

from rules.errors import RuleViolation
from rules.roles import GRANTS, Permission, Role
from rules.taxonomy import VILLAGE_LEVEL, UnitCategory

OFFICERS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})

_PLACES: dict[Role, frozenset[UnitCategory]] = {
    Role.VILLAGE: VILLAGE_LEVEL,
    Role.BUREAU: frozenset({UnitCategory.BUREAU}),
    Role.DIRECTOR: frozenset({UnitCategory.BUREAU}),
    Role.LEADER: frozenset({UnitCategory.COUNTY_COMMITTEE}),
}
"""Roles that belong to one kind of unit: those that see the whole county, and the village's."""


def check_role(role: Role, category: UnitCategory, others: Iterable[Role]) -> None:
    """`others` are the roles of the same person's other open accounts. Raises RuleViolation on `role`."""
    places = _PLACES.get(role)
    if places is not None and category not in places:
        allowed = "、".join(c.label for c in UnitCategory if c in places)
        raise RuleViolation(f"“{role.label}”只能授予{allowed}的账号。", "role")
    for other in others:
        if role in OFFICERS or other in OFFICERS:
            raise RuleViolation(
                f"此人另有“{other.label}”账号；系统、安全、审计三员不能兼任其他角色。", "role"
            )


def may_read_sealed(role: Role | None) -> bool:
    """Only those who read the registers at all can be named for sealed material."""
    return role is not None and role in GRANTS[Permission.RECEPTION_READ]
