"""The visit form: shape only; the rules are asked by the action."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from actions.visits import VisitData
from models.visit import Visit
from rules.roles import Actor
from rules.taxonomy import Outcome, ReceptionType, VisitKind
from web.form_fields import DayField, OnceForm, ReasonForm, required, within
from web.matter_forms import CorrectingContacts, MatterForm, contact_values, numbered


class VisitForm(MatterForm):
    visit_date = DayField("来访日期", validators=[InputRequired("请填写来访日期。")])
    visit_time = TimeField("时间", validators=[Optional()])
    reception_type = SelectField(
        "接访类型", choices=numbered(ReceptionType), default=ReceptionType.DAILY.value
    )
    place = StringField("地点", validators=[within(80)])
    receptionist = StringField("接访人", validators=[within(80)])
    persons = IntegerField(
        "来访人数",
        default=1,
        validators=[InputRequired("请填写来访人数。"), NumberRange(1, 9999, "来访人数应在 1 到 9999 之间。")],
    )
    visit_kind = SelectField("初访/重访", choices=numbered(VisitKind), default=VisitKind.FIRST.value)
    content = TextAreaField("反映内容", validators=[required("反映内容"), within(2000)])
    reply = TextAreaField("答复意见", validators=[within(2000)])
    outcome = SelectField("处理结果", choices=numbered(Outcome), default=Outcome.EXPLAINED.value)
    responsible_unit = StringField("责任单位", validators=[within(80)])
    due_date = DayField("限办日期", validators=[Optional()])
    paper_page = HiddenField()

    unit_fields = ("unit", "location_unit", "responsible_unit")

    def data_for(self, session: Session, actor: Actor, today: date) -> VisitData:
        """What was typed, with names of units and categories understood. Adds errors; raises RuleViolation last."""
        return VisitData(
            **self.understood_columns(session, actor, today),
            visit_date=self.visit_date.data,
            visit_time=self.visit_time.data,
            reception_type=ReceptionType(self.reception_type.data),
            place=self.text_of("place"),
            receptionist=self.text_of("receptionist"),
            visit_kind=VisitKind(self.visit_kind.data),
            content=self.text_of("content"),
            reply=self.text_of("reply"),
            outcome=Outcome(self.outcome.data),
            due_date=self.due_date.data,
            paper_page=self.paper_page.data or None,
        )


class CorrectionForm(VisitForm, CorrectingContacts):
    """The same form over a saved visit."""


class VoidForm(ReasonForm):
    version = IntegerField(validators=[InputRequired()])


class CompletionForm(OnceForm):
    version = IntegerField(validators=[InputRequired()])
    completed_on = DayField("办结日期", validators=[InputRequired("请填写办结日期。")])
    completion = TextAreaField("办理结果", validators=[required("办理结果"), within(1000)])


def fields_of(visit: Visit, labels: dict[str, str], *, masked: bool) -> dict[str, Any]:
    """A saved visit as form values; numbers are never sent to the browser, names and addresses only unmasked."""
    plain = (
        "visit_date",
        "visit_time",
        "reception_type",
        "place",
        "receptionist",
        "persons",
        "representatives",
        "involved_persons",
        "visit_kind",
        "anonymous",
        "confidential",
        "purpose",
        "content",
        "reply",
        "outcome",
        "due_date",
        "version",
        "paper_page",
    )
    values: dict[str, Any] = {name: getattr(visit, name) for name in plain}
    return values | ({} if masked else contact_values(visit.contacts)) | labels
