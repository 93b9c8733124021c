"""Which rows a figure was made from, so that a closed period can be shown to be what it was."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from indicators.definition import Indicator, Slots, Tally
from indicators.reckoning import conditions
from indicators.scope import FigureScope


def record_ids(session: Session, scope: FigureScope, indicator: Indicator) -> tuple[int, ...]:
    """Ids in the register's own order, ascending: of a count as many as it says, of a sum the rows added up, of a
    rate those of its denominators, 转办 below zero. What is due has no rows, so no ids, nor has a figure that does not exist for the
    unit. Sealed rows only where the figure counts them.
    """
    return record_ids_of(session, scope, [indicator])[indicator.code]


def record_ids_of(
    session: Session, scope: FigureScope, indicators: Iterable[Indicator]
) -> dict[str, tuple[int, ...]]:
    """By code; one statement for all figures that are made from the same rows."""
    alike: dict[object, list[tuple[str, Tally]]] = defaultdict(list)
    found: dict[str, tuple[int, ...]] = {}
    for indicator in indicators:
        found[indicator.code] = ()
        for part in indicator.listed if indicator.exists_in(scope) else ():
            if not isinstance(part, Slots):
                alike[part.source, part.where].append((indicator.code, part))
    for members in alike.values():
        ids = _ids(session, scope, members[0][1])
        found |= {code: tuple(sorted((*found[code], *ids))) for code, _ in members}
    return found


def _ids(session: Session, scope: FigureScope, tally: Tally) -> tuple[int, ...]:
    row_id = tally.source.row_id
    statement = select(row_id).select_from(tally.source.rows).where(*conditions(tally.source, scope))
    if tally.where is not None:
        statement = statement.where(tally.where(scope))
    return tuple(session.scalars(statement.order_by(row_id)))
