"""Forms of 值班日志: shape only; the rules are asked by the actions. None has a field for where a person is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from actions.desk.entering import CorrectionData, LineData
from blueprints.duty.moments import limit_of, moment_of, typed_in_two
from models.duty_desk import DeskEntry
from queries.choices import Choice, label_of_unit, understood, unit_choices
from queries.register_filter import number_of
from rules.desk_rules import LONGEST_TEXT
from rules.desk_words import EntryKind, EntryMode, Report
from rules.errors import RuleViolation
from rules.roles import Actor
from web import clock
from web.form_fields import DayField, Form, HourField, OnceForm, ReasonForm, required, within
from web.matter_forms import chosen, id_of, numbered

FIELD_OF = {
    "happened_at": "happened_time",
    "due_at": "due_time",
    "replied_at": "replied_time",
    "first": "first_number",
}
"""Refusals of a moment are shown at its hour."""

TEXTS = ("content", "proposal", "instruction", "instructed_by")


class DeskForm(Form):
    def add_error(self, violation: RuleViolation) -> None:
        field = FIELD_OF.get(violation.field or "", violation.field)
        super().add_error(RuleViolation(violation.message, field))


class VersionedForm(DeskForm):
    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the page was opened with; 0, which never matches, where it was lost."""
        return number_of(str(self.version.data or "")) or 0


class SaidForm(DeskForm):
    """What a line says."""

    kind = SelectField(
        "类别", choices=numbered(EntryKind), default=EntryKind.CALL.value, validate_choice=False
    )
    source = StringField("来源", validators=[within(80)])
    content = TextAreaField("内容", validators=[within(LONGEST_TEXT)])
    happened_on = DayField("日期", validators=[Optional()])
    happened_time = HourField("时间")
    mode = SelectField(
        "方式",
        choices=[*numbered(EntryMode), ("", "—")],
        default=EntryMode.TELEPHONE.value,
        validate_choice=False,
    )
    proposal = TextAreaField("拟办意见", validators=[within(LONGEST_TEXT)])
    instruction = TextAreaField("领导批示", validators=[within(LONGEST_TEXT)])
    instructed_by = StringField("批示领导（姓名、职务）", validators=[within(60)])

    @property
    def happened_at(self) -> datetime | None:
        return moment_of(self.happened_on.data, self.happened_time.data)

    def said(self, units: list[Choice]) -> dict[str, Any]:
        unit_id, words = _source(units, (self.source.data or "").strip())
        return {
            "happened_at": self.happened_at,
            "kind": _word(EntryKind, self.kind.data),
            "mode": _word(EntryMode, self.mode.data),
            "source_unit_id": unit_id,
            "source": words,
            **{name: (self[name].data or "").strip() for name in TEXTS},
        }


class LineForm(SaidForm, OnceForm):
    responsible_unit = StringField("承办单位", validators=[within(80)])
    due_on = DayField("回复时限", validators=[Optional()])
    due_time = HourField("几点前")
    is_done = BooleanField("当场办结")
    report = SelectField(
        "信息报送",
        choices=[("", "—"), *numbered(Report)],
        default="",
        validate_choice=False,
    )
    first_number = StringField("首报编号", validators=[within(40)])

    def data_for(self, session: Session, actor: Actor, today: date) -> LineData:
        """With the names of units understood. Adds errors; raises RuleViolation last."""
        units = unit_choices(session, actor.account_id, today)
        responsible = chosen(self, "responsible_unit", units)
        due_at = self._limit()
        if self.errors:
            raise RuleViolation("")
        return LineData(
            **self.said(units),
            responsible_unit_id=id_of(responsible),
            due_at=due_at,
            report=_word(Report, self.report.data),
            first_number=(self.first_number.data or "").strip(),
            is_done=bool(self.is_done.data),
        )

    def _limit(self) -> datetime | None:
        try:
            return limit_of(self.due_on.data, self.due_time.data, self.happened_at or clock.now())
        except RuleViolation as violation:
            self.add_error(violation)
            return None


class CorrectionForm(SaidForm, VersionedForm):
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])

    def data_for(self, session: Session, actor: Actor, today: date) -> CorrectionData:
        return CorrectionData(**self.said(unit_choices(session, actor.account_id, today)))


class VoidForm(VersionedForm, ReasonForm):
    pass


def fields_of(line: DeskEntry) -> dict[str, Any]:
    """A saved line as form values."""
    source = label_of_unit(line.source_unit) if line.source_unit and not line.source else line.source
    return {
        **typed_in_two(line.happened_at, "happened_on", "happened_time"),
        **{name: getattr(line, name) for name in (*TEXTS, "kind", "mode", "version")},
        "source": source,
    }


def _word(words: type[Any], code: str | None) -> Any:
    return words(code) if code in {w.value for w in words} else None


def _source(units: list[Choice], text: str) -> tuple[int | None, str]:
    """A unit where the text is one, by name, code or letters; else just the words: 群众来电."""
    exact = [u for u in units if text in (u.label, u.code, u.hint)]
    if text and len(exact) == 1:
        return exact[0].id, ""
    if text.isascii() and text.isalpha():
        try:
            return understood(units, text, "source").id, ""
        except RuleViolation:
            return None, text
    return None, text
