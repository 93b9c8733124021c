"""The rows behind everything that a bulletin quotes, to be kept with it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from indicators.catalogue import BY_CODE
from indicators.quoting import COMPARED
from indicators.record_ids import record_ids_of
from indicators.scope import FigureScope
from indicators.written_text import WrittenText
from rules.bulletin_text import Aspect
from rules.periods import Compare


def rows_behind(session: Session, scope: FigureScope, written: WrittenText) -> dict[str, list[int]]:
    """Ids of the whole scope, those of a unit among them: `code` for the period itself, `code@period` for one that a
    figure was set beside."""
    kept = _ids(session, scope, [code for code, _version in written.definitions])
    for compare in Compare:
        earlier = scope.compared(compare)
        ids = _ids(session, earlier, _set_beside(written, compare))
        kept |= {f"{code}@{earlier.period.text}": rows for code, rows in ids.items()}
    return kept


def _ids(session: Session, scope: FigureScope, codes: Iterable[str]) -> dict[str, list[int]]:
    found = record_ids_of(session, scope, [BY_CODE[code] for code in codes])
    return {code: list(ids) for code, ids in found.items()}


def _set_beside(written: WrittenText, compare: Compare) -> list[str]:
    figures = (f for f in written.figures if f.code and COMPARED.get(Aspect(f.aspect)) is compare)
    return list(dict.fromkeys(f.code for f in figures))
