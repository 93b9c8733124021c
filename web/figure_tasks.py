"""督办 beside a figure: where a task about it is filed, or the task that was filed already."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from flask import url_for

from extensions import db
from queries.figure_tasks import tasks_of_figures
from rules.periods import Period
from rules.roles import Permission
from rules.supervision_words import TaskSource
from web.session import actor
from web.template_filters import may_open


@dataclass(frozen=True)
class TaskLink:
    """`title` is the number of a task that was filed."""

    label: str
    href: str
    title: str = ""


class FigureTasks:
    """Called with a unit's id and a figure's code, gives the link, None where this reader may file none: of his own unit,
    or of what a unit below registered by itself (no id)."""

    def __init__(self, period: Period, unit_ids: Collection[int | None]) -> None:
        self._period = period.text
        self._may_file = may_open("supervision.new_task")
        self._units = {i for i in unit_ids if i is not None and (actor().sees_county or i != actor().unit_id)}

    def __call__(self, unit_id: int | None, code: str) -> TaskLink | None:
        if unit_id not in self._units or unit_id is None:
            return None
        if known := self._filed_of.get((unit_id, code)):
            task_id, number = known
            return TaskLink("已督办", url_for("supervision.show_task", task_id=task_id), number)
        if not self._may_file:
            return None
        asked = {"source": TaskSource.FIGURE.value, "code": code, "unit": unit_id, "period": self._period}
        return TaskLink("督办", url_for("supervision.new_task", **asked))

    @cached_property
    def _filed_of(self) -> dict[tuple[int, str], tuple[int, str]]:
        """Asked once the first figure falls short."""
        if not actor().may(Permission.SUPERVISION_READ):
            return {}
        return tasks_of_figures(db.session(), actor(), self._units, self._period)
