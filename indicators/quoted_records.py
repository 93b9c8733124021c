"""The rows behind everything that a bulletin quotes, to be kept with it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from indicators.bulletin_charts import CHART_BY_NAME
from indicators.bulletin_material import Need
from indicators.bulletin_tables import TABLE_BY_NAME
from indicators.catalogue import indicator_of
from indicators.quoting import COMPARED
from indicators.record_ids import record_ids_of
from indicators.scope import FigureScope
from indicators.written_text import WrittenLine, WrittenTable, WrittenText
from rules.bulletin_text import Aspect
from rules.periods import Compare

VISITS_COUNTED = ["reception_batches"]
"""Whose rows a breakdown of visits and a trend are made from."""
CAMPAIGNS_COUNTED = ["campaign_assigned"]
"""Likewise the table of campaigns."""


def rows_behind(session: Session, scope: FigureScope, written: WrittenText) -> dict[str, list[int]]:
    """Ids of the whole scope, those of a unit among them: `code` for the period itself, `code@period` for one that a
    figure was set beside."""
    cut_up = _cut_up(written)
    codes = [code for code, _version in written.definitions]
    counted = VISITS_COUNTED if cut_up - {Need.CAMPAIGNS} else []
    counted = counted + (CAMPAIGNS_COUNTED if Need.CAMPAIGNS in cut_up else [])
    kept = _ids(session, scope, dict.fromkeys([*codes, *counted]))
    for compare in Compare:
        earlier = scope.compared(compare)
        beside = _set_beside(written, compare)
        if compare is Compare.YOY and Need.SERIES_BEFORE in cut_up:
            beside += VISITS_COUNTED
        ids = _ids(session, earlier, dict.fromkeys(beside))
        kept |= {f"{code}@{earlier.period.text}": rows for code, rows in ids.items()}
    return kept


def _cut_up(written: WrittenText) -> set[Need]:
    """What tables and charts of the text were made from that bears no figure's code: breakdowns of visits, campaigns."""
    blocks = (line for line in written.lines if not isinstance(line, WrittenLine))
    kinds = (
        TABLE_BY_NAME.get(b.name) if isinstance(b, WrittenTable) else CHART_BY_NAME.get(b.name)
        for b in blocks
    )
    wanted = {Need.SHARES, Need.SERIES, Need.SERIES_BEFORE, Need.CAMPAIGNS}
    return {need for kind in kinds if kind for need in kind.needs} & wanted


def _ids(session: Session, scope: FigureScope, codes: Iterable[str]) -> dict[str, list[int]]:
    found = record_ids_of(session, scope, [indicator_of(code) for code in codes])
    return {code: list(ids) for code, ids in found.items()}


def _set_beside(written: WrittenText, compare: Compare) -> list[str]:
    figures = (f for f in written.figures if f.code and COMPARED.get(Aspect(f.aspect)) is compare)
    return list(dict.fromkeys(f.code for f in figures))
