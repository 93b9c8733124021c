"""The beginning of an office's own site, and what is worth a line in its log."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.organisation import create_unit
from actions.staff import open_account
from rules.errors import RuleViolation
from rules.roles import Actor, Role
from rules.taxonomy import UnitCategory

FIRST_ADMINISTRATORS = {
    "sysadmin": Role.SYSADMIN,
    "secadmin": Role.SECADMIN,
    "auditor": Role.AUDITOR,
}
"""三员: who keeps the site, who grants roles, who reads the log. No one holds two of them."""


def found_site(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    county: str,
    code: str,
    password_hashes: dict[str, str],
) -> None:
    """The county, its 信访局 and the three first administrators, into an empty site.

    `password_hashes` has one entry for each of FIRST_ADMINISTRATORS. Raises RuleViolation on `county` or `code`.
    """
    county = county.strip()
    if not county:
        raise RuleViolation("请填写县（市、区）的名称。", "county")
    root = create_unit(
        session, actor=actor, now=now, today=today, code=code, name=county, short_name=county,
        category=UnitCategory.COUNTY_COMMITTEE, parent=None,
    )  # fmt: skip
    bureau = create_unit(
        session, actor=actor, now=now, today=today, code=f"{root.code}01", name=f"{county}信访局",
        short_name="县信访局", category=UnitCategory.BUREAU, parent=root,
    )  # fmt: skip
    for username, role in FIRST_ADMINISTRATORS.items():
        open_account(
            session, actor=actor, now=now, today=today, username=username, name=role.label, unit=bureau,
            password_hash=password_hashes[username], role=role,
        )  # fmt: skip


def note_plain_http(session: Session, *, actor: Actor, now: datetime, address: str) -> None:
    """The site was opened to other machines without HTTPS, by an explicit setting."""
    audit.record(
        session, actor=actor, now=now, action="site.plain-http", subject=("site", None), label=address,
        reason="ALLOW_PLAIN_HTTP=1",
    )  # fmt: skip
