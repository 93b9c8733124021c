"""What a new supervision task is filled in with when a figure gives rise to it."""

from datetime import date

from sqlalchemy.orm import Session

from indicators.catalogue import BY_CODE
from indicators.definition import Rate
from indicators.scope import figure_scope
from indicators.table import Figure, figure_table
from models.organisation import Unit
from queries.figure_tasks import OF_A_UNIT
from queries.supervision_origins import FigureOrigin, Opening, Origin
from rules.errors import NotVisible
from rules.periods import Period
from rules.supervision_words import TaskSource


def figure_opening(session: Session, unit: Unit, code: str, period: Period, as_of: date) -> Opening:
    """What a unit did in time in a period, as it stands now. Raises NotVisible for any other figure: no unit answers for
    how many people came or wrote, nor the county for all of its units."""
    indicator = BY_CODE.get(code)
    scope = figure_scope(session, unit, period, as_of)
    if not isinstance(indicator, Rate) or not indicator.is_timeliness or scope.is_county:
        raise NotVisible("figure")
    figure = figure_table(session, scope, None, [indicator])[code]
    said = f"{unit.label}{period.label}{figure.name}为{figure.text}"
    counted = f"{said}（{'，'.join((*_of_how_many(figure), f'统计截至 {as_of}'))}）。"
    return Opening(
        Origin(TaskSource.FIGURE, OF_A_UNIT, unit.id, counted, figure=FigureOrigin(code, period.text, as_of)),
        label=said,
        title=f"督促{unit.label}整改：{figure.name}"[:80],
        content=f"{said}，需要查明原因，限期改进。",
        unit_ids=(unit.id,),
    )


def _of_how_many(figure: Figure) -> tuple[str, ...]:
    met, owed = figure.fraction or (0, 0)
    return (f"{met}/{owed}",) if owed else ()
