"""信息稿件 and 自报数据: entering, correcting with a reason, voiding with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from indicators.catalogue import BY_CODE
from models.base import new_uid
from models.office_register import Publication, ReportedFigure
from models.organisation import Unit
from queries.reported_figures import reported_already
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.numbering import RecordKind
from rules.register_rules import (
    FigureValues,
    PublicationValues,
    ReadFigureValues,
    check_publication,
    read_figure,
)
from rules.roles import Actor


@dataclass(frozen=True)
class Entering:
    """Who enters something, and when."""

    actor: Actor
    now: datetime
    today: date


def register_publication(
    session: Session, by: Entering, *, unit_id: int, values: PublicationValues, submission_key: str = ""
) -> Publication:
    """Sent twice with one key it is made once. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, by.actor, Publication)
    if made is not None:
        return session.get_one(Publication, made)
    unit = _unit(session, by.actor, unit_id)
    columns = _publication_columns(values, by.today)
    number = take_number(session, unit, RecordKind.PUBLICATION, columns["published_on"].year)
    row = Publication(**_made(by, unit, number), **columns)
    return _entered(session, by, row, "publication.register", submission_key)


def correct_publication(
    session: Session, by: Entering, *, row: Publication, values: PublicationValues, version: int, reason: str
) -> None:
    """Raises StaleVersion, RuleViolation(s)."""
    _may_change(row, version)
    _correct(session, by, row, _publication_columns(values, by.today), "publication.correct", reason)


def void_publication(session: Session, by: Entering, *, row: Publication, version: int, reason: str) -> None:
    _may_change(row, version)
    make_void(session, actor=by.actor, now=by.now, row=row, action="publication.void", reason=reason)


def register_figure(
    session: Session, by: Entering, *, unit_id: int, values: FigureValues, submission_key: str = ""
) -> ReportedFigure:
    """One number of one name, unit and period. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, by.actor, ReportedFigure)
    if made is not None:
        return session.get_one(ReportedFigure, made)
    unit = _unit(session, by.actor, unit_id)
    read = _read(values, by.today)
    columns = _figure_columns(session, unit.id, read, None)
    number = take_number(session, unit, RecordKind.REPORTED_FIGURE, read.period.start.year)
    row = ReportedFigure(**_made(by, unit, number), **columns)
    return _entered(session, by, row, "reported_figure.register", submission_key)


def correct_figure(
    session: Session, by: Entering, *, row: ReportedFigure, values: FigureValues, version: int, reason: str
) -> None:
    """Raises StaleVersion, RuleViolation(s)."""
    _may_change(row, version)
    columns = _figure_columns(session, row.unit_id, _read(values, by.today), row.id)
    _correct(session, by, row, columns, "reported_figure.correct", reason)


def void_figure(session: Session, by: Entering, *, row: ReportedFigure, version: int, reason: str) -> None:
    _may_change(row, version)
    make_void(session, actor=by.actor, now=by.now, row=row, action="reported_figure.void", reason=reason)


def indicator_name(text: str) -> str:
    """A code of the catalogue becomes its name, so that both are one."""
    return BY_CODE[text].name if text in BY_CODE else text


def _unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        return load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能为本单位及下级单位登记。", "unit") from None


def _made(by: Entering, unit: Unit, number: str) -> dict[str, Any]:
    return {
        "uid": new_uid(), "unit_id": unit.id, "number": number, "registered_at": by.now,
        "registered_by_id": by.actor.person_id,
    }  # fmt: skip


def _publication_columns(values: PublicationValues, today: date) -> dict[str, Any]:
    problems = check_publication(values, today)
    if problems or values.level is None:
        raise RuleViolations(problems)
    return vars(values) | {"level": values.level.value}


def _read(values: FigureValues, today: date) -> ReadFigureValues:
    read, problems = read_figure(values, today)
    if read is None:
        raise RuleViolations(problems)
    return read


def _figure_columns(
    session: Session, unit_id: int, read: ReadFigureValues, row_id: int | None
) -> dict[str, Any]:
    name = indicator_name(read.indicator)
    same = reported_already(session, unit_id, read.period.text, name)
    if same is not None and same.id != row_id:
        raise RuleViolation(
            f"这个单位{read.period.label}的“{name}”已经登记过（{same.number}），请更正那一条。", "indicator"
        )
    return {"period": read.period.text, "indicator": name, "value": read.value}


def _entered(session: Session, by: Entering, row: Any, action: str, key: str) -> Any:
    session.add(row)
    session.flush()
    after = _plain(row)
    audit.record(
        session, actor=by.actor, now=by.now, action=action, subject=row, label=row.number, after=after
    )
    note_made(session, key=key, actor=by.actor, now=by.now, subject=row)
    return row


def _correct(
    session: Session, by: Entering, row: Any, columns: dict[str, Any], action: str, reason: str
) -> None:
    before = _plain(row)
    if all(getattr(row, name) == value for name, value in columns.items()):
        raise RuleViolation("没有改动任何内容。")
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    audit.record(
        session, actor=by.actor, now=by.now, action=action, subject=row, label=row.number, before=before,
        after=_plain(row), reason=reason,
    )  # fmt: skip


def _plain(row: Any) -> audit.Values:
    values = audit.values_of(row)
    return values | ({"value": f"{row.value.normalize():f}"} if "value" in values else {})


def _may_change(row: Any, version: int) -> None:
    if row.version != version:
        raise StaleVersion
    if row.is_void:
        raise RuleViolation("这条登记已作废，不能再改。")
