"""What a county's list says of the sealed matters that it does not show its reader.

The county's figures count them (decision 0007), so a list opened from a figure is shorter than the figure. How many they
are is said only where the county's statistics say it, of the same days and of all that was registered: anything narrower
would point at a matter. Everywhere else the words are the same whether there are any or not, and they name what is withheld
from the reader for his own sake (回避) as well: silence would tell him that the rest is about himself.
"""

from datetime import date
from typing import Any

from sqlalchemy import func, literal_column, select, true
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.petition import Petition
from models.visit import GUARDED, Visit
from queries.memory import remembered
from queries.scope import is_county, unsealed_for, within
from rules.roles import Actor, Permission

MATTERS_LEFT_OUT = "密封或者需要回避、您不能看的不在此列。"
RECORDS_LEFT_OUT = "涉及密封或者需要回避的事项、您不能看的不在此列。"
_COUNTED = {Visit: (Visit.visit_date, "批"), Petition: (Petition.registered_on, "件")}

Days = tuple[date, date]


def matters_left_out(
    session: Session,
    actor: Actor,
    unit_id: int | None,
    model: type[Visit] | type[Petition],
    days: Days | None,
) -> str:
    """Of a list of visits or petitions; `days` are its first and last where it asks nothing else."""
    county = _county(session, actor, unit_id)
    if county is None:
        return ""
    count = _count(session, actor, model, county, *days) if days else 0
    if not count:
        return MATTERS_LEFT_OUT
    measure = _COUNTED[model][1]
    return f"另有 {count} {measure}密封事项，只有指定人员和登记人可看，不在此列。"


def records_left_out(session: Session, actor: Actor, unit_id: int | None) -> str:
    """Of a list of what hangs on petitions: supervision, feedback, decisions, interviews."""
    return RECORDS_LEFT_OUT if _county(session, actor, unit_id) is not None else ""


def _county(session: Session, actor: Actor, unit_id: int | None) -> str | None:
    """The path of the county whose list and figures this reader opens; None where no county is asked for, and for named
    readers: what one of them does not see is about himself."""
    if actor.reads_sealed or not actor.may(Permission.STATISTICS) or not actor.scope_path:
        return None
    if unit_id is None:
        return actor.scope_path if actor.sees_county else None
    unit = session.get(Unit, unit_id)
    if unit is None or not unit.path.startswith(actor.scope_path):
        return None
    return unit.path if is_county(unit) else None


@remembered
def _count(
    session: Session,
    actor: Actor,
    model: type[Visit] | type[Petition],
    county: str,
    first: date,
    last: date,
) -> int:
    """Those of the county's figure that this reader does not find in the list: without the ones he entered himself. What
    is withheld from him for his own sake (回避) but not sealed is no part of it."""
    day: Any = _COUNTED[model][0]
    statement = select(func.count()).where(
        literal_column(GUARDED),
        model.voided_at.is_(None),
        model.sealed.is_(True),
        day.between(first, last),
        within(model.unit_id, county),
        unsealed_for(actor, model).is_not(true()),
    )
    return int(session.scalar(statement) or 0)
