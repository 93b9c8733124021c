"""The rows of a list with names and numbers unmasked: for a stated reason, logged before anything is given out."""

from collections.abc import Callable
from typing import Any

from flask import flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.looks import note_export
from extensions import db
from rules.roles import Actor
from web import clock
from web.form_fields import ReasonForm
from web.pages import see_other, xlsx_answer
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long


def unmasked_export(
    back: str,
    register: str,
    title: str,
    most: int,
    rows_up_to: Callable[[int], list[Any]],
    sheet: Callable[[Session, Actor, list[Any]], bytes],
) -> Response:
    """The sheet; without a reason, or with more rows than `most`, the list at `back` again, which says why."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash("导出未遮盖的表要写明理由（2 至 200 字）。", "danger")
        return see_other(back)
    rows = rows_up_to(most + 1)
    if is_too_long(rows, most):
        return see_other(back)
    with writing() as session:
        note_export(
            session,
            actor=actor(),
            now=clock.now(),
            register=register,
            rows=len(rows),
            reason=form.reason.data,
        )
    return xlsx_answer(sheet(db.session(), actor(), rows), f"{title}_未遮盖_{clock.today()}")
