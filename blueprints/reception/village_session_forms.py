"""Forms of village sessions: shape only; the rules are asked by the action."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request
from wtforms import Form, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from actions.village_sessions import COUNTS, MatterData, SessionData
from models.village_session import VillageSession
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.matter_rules import DISPOSITIONS, LONGEST_SUMMARY, MOST_MATTERS
from rules.taxonomy import Outcome, SessionMode
from web.form_fields import OnceForm, ReasonForm, required, within
from web.register_fields import (
    CountField,
    DayField,
    RowForm,
    UnitField,
    present,
    problems_in_rows,
    put_in_rows,
    rows_are_fine,
    rows_of,
)

PARTS = (("solved", "现场解决"), ("committed", "限期化解"), ("escalated", "梳理上报"))


class MatterForm(RowForm):
    """One matter heard or found: the matter, never a person."""

    summary = StringField("事项", validators=[within(LONGEST_SUMMARY)])
    disposition = SelectField(
        "去向",
        choices=[("", ""), *((d.value, d.label) for d in DISPOSITIONS)],
        default="",
        validate_choice=False,
    )
    due_date = DayField("限办日期")

    @property
    def is_blank(self) -> bool:
        return not any(f.raw_data and f.raw_data[0].strip() for f in self) and not self.summary.data


class SessionFields(Form):
    """What a village's session says, in the form and in a township's table alike."""

    mode = SelectField(
        "接访方式", choices=[("", "请选择"), *SessionMode.choices()], default="", validate_choice=False
    )
    attendees = StringField("参加人", validators=[within(200)])
    batches = CountField("总批次", default=0)
    persons = CountField("总人次", default=0)
    solved_batches = CountField("现场解决批次", default=0)
    solved_persons = CountField("现场解决人次", default=0)
    committed_batches = CountField("限期化解批次", default=0)
    committed_persons = CountField("限期化解人次", default=0)
    escalated_batches = CountField("梳理上报批次", default=0)
    escalated_persons = CountField("梳理上报人次", default=0)


class VillageSessionForm(SessionFields, OnceForm):
    unit = UnitField("村（社区）", validators=[present("请选择村（社区）。")])
    session_date = DayField("接访日期", "请填写接访日期。")
    notes = TextAreaField("备注", validators=[within(2000)])
    visits = SelectMultipleField("当天来访", validate_choice=False)
    visits_shown = HiddenField()
    """Set where the day's visits were offered: only then do empty boxes mean that none is linked."""

    matters: list[MatterForm]

    def with_matters(
        self, saved: list[Mapping[str, Any]], *, more: bool = False, typed: Any = None
    ) -> "VillageSessionForm":
        """Add the rows: as posted, as left half-filled (`typed`), or as saved."""
        formdata = request.form if self.is_submitted() else typed
        self.matters = rows_of(MatterForm, "matter", formdata, saved, most=MOST_MATTERS, more=more)
        return self

    def is_fine(self) -> bool:
        """The form and its rows together, so that all messages show at once."""
        fine = [self.validate_on_submit(), rows_are_fine(self.matters)]
        self.form_errors += problems_in_rows("事项", self.matters)
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        if put_in_rows("matter", self.matters, violation):
            number = int((violation.field or "").split("-")[1]) + 1
            self.form_errors.append(f"事项第 {number} 行：{violation.message}")
        else:
            super().add_error(violation)

    def as_data(self) -> SessionData:
        return SessionData(
            unit_id=self.unit.data,
            session_date=self.session_date.data,
            notes=(self.notes.data or "").strip(),
            matters=tuple(_matter(n, row) for n, row in enumerate(self.matters) if not row.is_blank),
            visit_ids=self.chosen_visits() if self.visits_shown.data else None,
            **plain_values(self),
        )

    def chosen_visits(self) -> frozenset[int]:
        return frozenset(filter(None, map(number_of, self.visits.data or ())))


class SessionCorrectionForm(VillageSessionForm):
    version = HiddenField()
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])


class VoidForm(ReasonForm):
    version = HiddenField()


class WeekRowForm(SessionFields, RowForm):
    """One village's row in a township's table; left without a mode and without numbers it is not saved."""

    @property
    def is_blank(self) -> bool:
        return not self.mode.data and not any(self[name].data != 0 for name in COUNTS)

    def as_data(self, unit_id: int, day: date) -> SessionData:
        return SessionData(unit_id=unit_id, session_date=day, **plain_values(self))


class WeekForm(OnceForm):
    """A township's table for one session day."""

    day = DayField("接访日期", "请选择接访日期。")


def plain_values(form: Any) -> dict[str, Any]:
    """Mode, attendees and the eight counts."""
    mode = form.mode.data
    return {
        "mode": SessionMode(mode) if mode in {m.value for m in SessionMode} else None,
        "attendees": (form.attendees.data or "").strip(),
        **{name: form[name].data or 0 for name in COUNTS},
    }


def fields_of(row: VillageSession) -> dict[str, Any]:
    """A saved session as form values."""
    names = ("session_date", "mode", "attendees", "notes", "version", *COUNTS)
    return {name: getattr(row, name) for name in names} | {"unit": row.unit_id}


def matters_of(row: VillageSession) -> list[Mapping[str, Any]]:
    return [{"summary": m.summary, "disposition": m.disposition, "due_date": m.due_date} for m in row.matters]


def version_of(form: Any) -> int:
    """The version the page was opened with; 0, which never matches, where it was lost."""
    return number_of(str(form.version.data or "")) or 0


def _matter(number: int, row: MatterForm) -> MatterData:
    code = row.disposition.data
    return MatterData(
        number=number,
        summary=(row.summary.data or "").strip(),
        disposition=Outcome(code) if code in {d.value for d in DISPOSITIONS} else None,
        due_date=row.due_date.data,
    )
