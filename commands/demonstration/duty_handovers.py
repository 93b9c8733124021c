"""交接班 of the demonstration: every shift of the published rosters was handed over, but for one desk's latest."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.bulk_registers import describe, insert_children
from commands.demonstration.offices import County
from commands.demonstration.plan import REASON, Plan, Say
from models.base import new_uid
from models.duty_desk import DeskHandover
from models.roster import Duty, Roster, RosterPost, RosterScheme
from queries.roster_rows import in_force
from rules.roles import Actor
from rules.roster_words import RosterKind

_ARTICLES = (
    "值班手机 1 部、钥匙 1 串",
    "值班手机 1 部、应急车钥匙 1 把",
    "值班手机 1 部、印章 1 枚、钥匙 1 串",
)
_BEFORE, _AFTER = timedelta(minutes=4), timedelta(minutes=3)
_STANDS = 2
"""Position of the post whose holder signs: 值班员（主）."""


def fill_handovers(session: Session, actor: Actor, plan: Plan, county: County, say: Say) -> None:
    """Inside the caller's unit of work, once the rosters are published."""
    late = county.townships[-1].id
    made = [
        row for unit_id, duties in _shifts(session, plan).items() for row in _of_desk(plan, unit_id, duties)
    ]
    latest = max((row["shift_ends_at"] for row in made if row["unit_id"] == late), default=None)
    kept = [row for row in made if (row["unit_id"], row["shift_ends_at"]) != (late, latest)]
    insert_children(session, DeskHandover, kept)
    described = ("desk_handover.add-many", "desk_handover", len(kept), REASON, ())
    describe(session, actor, plan.now, *described)
    say(f"交接班记录 {len(kept)} 份")


def _shifts(session: Session, plan: Plan) -> dict[int, list[Duty]]:
    """Unit → duties of the signing post that have begun, in order."""
    statement = (
        select(Duty)
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .where(
            in_force(),
            RosterScheme.kind == RosterKind.DUTY.value,
            RosterPost.position == _STANDS,
            Duty.starts_at <= plan.now - _AFTER,
            Duty.person_id.is_not(None),
        )
        .order_by(Duty.unit_id, Duty.starts_at)
    )
    found: dict[int, list[Duty]] = {}
    for duty in session.scalars(statement):
        found.setdefault(duty.unit_id, []).append(duty)
    return found


def _of_desk(plan: Plan, unit_id: int, duties: list[Duty]) -> list[dict[str, Any]]:
    return [
        _signed(plan, unit_id, before, after)
        for before, after in zip(duties, duties[1:], strict=False)
        if before.ends_at == after.starts_at and before.person_id != after.person_id
    ]


def _signed(plan: Plan, unit_id: int, before: Duty, after: Duty) -> dict[str, Any]:
    moment = after.starts_at
    articles = plan.rng(f"handover {unit_id} {moment}").choice(_ARTICLES)
    return {
        "uid": new_uid(), "unit_id": unit_id, "shift_ends_at": moment, "made_at": moment - _BEFORE,
        "off_person_id": before.person_id, "off_signed_at": moment - _BEFORE, "on_person_id": after.person_id,
        "on_signed_at": moment + _AFTER, "articles": articles, "notes": "", "off_reason": "", "on_reason": "",
        "version": 2,
    }  # fmt: skip
