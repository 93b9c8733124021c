"""Who works in the county: one post each, some with an account, eleven of them to sign in with."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from commands.demonstration.names import distinct_names
from commands.demonstration.places import BUREAU, COUNTY, PlannedUnit
from commands.demonstration.vocabulary import rows
from rules.roles import Role
from rules.taxonomy import TOWNSHIP_LEVEL, VILLAGE_LEVEL, UnitCategory

VILLAGE_ACCOUNTS = 12
BUREAU_CLERKS = 6

SIGN_INS = (
    "village1", "clerk1", "clerk2", "clerk3", "supervisor1", "bureau1", "director1", "leader1",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip
"""One of every role, a second township's clerk (clerk2) and a department's (clerk3)."""

SEALED_READERS = ("director1", "bureau2")
"""Named staff who may read sealed accusation material; clerks of 纪委监委 too."""

_HOUSING = "住建局"
_DISCIPLINE = "纪委监委"


@dataclass(frozen=True)
class PlannedPost:
    username: str
    """Empty for a person without an account."""
    role: Role | None
    unit_code: str
    post: str
    telephone: str
    reads_sealed: bool = False
    name: str = ""
    unit_label: str = ""


def plan_posts(rng: random.Random, units: list[PlannedUnit]) -> list[PlannedPost]:
    posts = [*_county_posts(), *_unit_posts(units), *_village_posts(units)]
    names = distinct_names(rng, len(posts))
    labels = {u.code: u.short_name for u in units}
    return [
        replace(
            post, name=name, unit_label=labels[post.unit_code],
            reads_sealed=post.reads_sealed or post.username in SEALED_READERS,
        )
        for post, name in zip(posts, names, strict=True)
    ]  # fmt: skip


def _county_posts() -> Iterator[PlannedPost]:
    for number, row in enumerate(rows("leaders"), start=1):
        yield PlannedPost(f"leader{number}", Role.LEADER, COUNTY, row["post"], f"555-010{number}")
    yield PlannedPost("director1", Role.DIRECTOR, BUREAU, "局长", "555-0110")
    for number in range(1, BUREAU_CLERKS + 1):
        section = ("接访科", "办信科", "督查科")[number % 3]
        yield PlannedPost(f"bureau{number}", Role.BUREAU, BUREAU, f"{section}科员", f"555-011{number}")
    yield PlannedPost("sysadmin", Role.SYSADMIN, BUREAU, "系统管理员", "555-0118")
    yield PlannedPost("secadmin", Role.SECADMIN, BUREAU, "安全管理员", "555-0118")
    yield PlannedPost("auditor", Role.AUDITOR, BUREAU, "安全审计员", "555-0119")


def _unit_posts(units: list[PlannedUnit]) -> Iterator[PlannedPost]:
    """A clerk and a supervisor for each; two townships and the housing department come first."""
    townships = [u for u in units if u.category in TOWNSHIP_LEVEL]
    departments = [u for u in units if u.category is UnitCategory.DEPARTMENT]
    departments.sort(key=lambda u: u.short_name != _HOUSING)
    posts = {row["short"]: row for row in rows("departments")}
    offices = [*townships[:2], departments[0], *townships[2:], *departments[1:]]
    for number, unit in enumerate(offices, start=1):
        row = posts.get(unit.short_name, {"clerk_post": "信访专干", "head_post": _head_post(unit)})
        sealed = unit.short_name == _DISCIPLINE
        yield PlannedPost(
            f"clerk{number}", Role.CLERK, unit.code, row["clerk_post"], unit.telephone, reads_sealed=sealed
        )
        yield PlannedPost(
            f"supervisor{number}",
            Role.SUPERVISOR,
            unit.code,
            row["head_post"],
            unit.telephone,
            reads_sealed=sealed,
        )


def _head_post(unit: PlannedUnit) -> str:
    return "党工委副书记" if unit.category is UnitCategory.SUBDISTRICT else "党委副书记"


def _village_posts(units: list[PlannedUnit]) -> Iterator[PlannedPost]:
    """The first village of each township has an account, up to a dozen; all have somebody."""
    telephones = {u.code: u.telephone for u in units}
    with_account = 0
    served: set[str | None] = set()
    for unit in (u for u in units if u.category in VILLAGE_LEVEL):
        username = ""
        if unit.parent not in served and with_account < VILLAGE_ACCOUNTS:
            with_account += 1
            username = f"village{with_account}"
            served.add(unit.parent)
        role = Role.VILLAGE if username else None
        yield PlannedPost(username, role, unit.code, _village_post(unit), telephones[unit.parent or ""])


def _village_post(unit: PlannedUnit) -> str:
    return "社区接访员" if unit.category is UnitCategory.COMMUNITY else "村接访员"
