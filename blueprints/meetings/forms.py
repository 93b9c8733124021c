"""Forms of joint meetings: shape only; the rules are asked by the actions."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from actions.meetings.agenda import NewItem
from actions.meetings.attendance import AttendeeData
from actions.meetings.recording import DecisionData, OutcomeData
from actions.meetings.registering import HeadData, MeetingData
from models.meeting import Meeting, MeetingItem
from queries.choices import Choice, label_of_unit, understood
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.meeting_rules import (
    LONGEST_CONTENT,
    LONGEST_RESULT,
    LONGEST_TITLE,
    MOST_ATTENDEES,
    MOST_DECISIONS,
    MOST_ITEMS,
)
from rules.meeting_words import AttendeePart, ItemOutcome, MeetingKind, MeetingState, Presence
from web.form_fields import Form, OnceForm, ReasonForm, Starred, required, within
from web.register_fields import (
    DayField,
    HourField,
    RowForm,
    UnitField,
    present,
    problems_in_rows,
    put_in_rows,
    rows_are_fine,
    rows_of,
)

TEXTS = ("title", "session_no", "place", "convenor", "chair", "notes")
HELD_FIRST = [(MeetingState.HELD.value, "已召开"), (MeetingState.PLANNED.value, "计划召开")]
NOTHING = ("", "还没有结果")


def typed(row: Form | RowForm, name: str) -> str:
    return (row[name].data or "").strip()


def understand_unit(row: RowForm, name: str, units: Sequence[Choice]) -> bool:
    """Sets `unit_id`; an unknown text becomes the field's error."""
    text = typed(row, name)
    row.unit_id = None  # type: ignore[attr-defined]
    if not text:
        return True
    try:
        row.unit_id = understood(list(units), text, name).id  # type: ignore[attr-defined]
    except RuleViolation as violation:
        row.add_error(name, violation.message)
        return False
    return True


class VersionedForm(Form):
    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the page was opened with; 0, which never matches, where it was lost."""
        return number_of(str(self.version.data or "")) or 0


class DecisionRow(RowForm):
    """One decision: what, on which item, by which unit and post, by when."""

    decision_id = HiddenField()
    content = StringField("议定事项", validators=[within(LONGEST_CONTENT)])
    item = SelectField("议题", choices=[("", "不属某个议题")], validate_choice=False)
    unit = StringField("责任单位", validators=[within(80)])
    person = StringField("责任人职务", validators=[within(60)])
    due_on = DayField("时限")

    unit_id: int | None = None

    @property
    def is_blank(self) -> bool:
        return not any(
            f.raw_data and f.raw_data[0].strip() for f in (self.content, self.unit, self.person, self.due_on)
        )

    def as_data(self, number: int) -> DecisionData:
        return DecisionData(
            number=number,
            content=typed(self, "content"),
            unit_id=self.unit_id,
            person=typed(self, "person"),
            due_on=self.due_on.data,
            item_id=number_of(str(self.item.data or "")),
            decision_id=number_of(str(self.decision_id.data or "")),
        )


class WithDecisions(Form):
    """A form with rows of decisions below it."""

    decisions: list[DecisionRow]

    def with_decisions(
        self, saved: list[Mapping[str, Any]], *, more: bool = False, items: Sequence[MeetingItem] = ()
    ) -> None:
        formdata = request.form if self.is_submitted() else None
        self.decisions = rows_of(DecisionRow, "decision", formdata, saved, most=MOST_DECISIONS, more=more)
        for row in self.decisions:
            row.item.choices = [("", "不属某个议题")] + [(str(item.id), item.title[:30]) for item in items]

    def decisions_are_fine(self, units: Sequence[Choice]) -> bool:
        fine = [rows_are_fine(self.decisions)]
        fine += [understand_unit(row, "unit", units) for row in self.decisions if not row.is_blank]
        self.form_errors += problems_in_rows("议定事项", self.decisions)
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        if put_in_rows("decision", self.decisions, violation):
            number = int((violation.field or "").split("-")[1]) + 1
            self.form_errors.append(f"议定事项第 {number} 行：{violation.message}")
        else:
            super().add_error(violation)

    def decision_data(self) -> tuple[DecisionData, ...]:
        return tuple(row.as_data(n) for n, row in enumerate(self.decisions) if not row.is_blank)


class HeadForm(OnceForm):
    unit = UnitField("召开单位", validators=[present("请选择召开单位。")])
    kind = SelectField("会议", choices=MeetingKind.choices(), validate_choice=False)
    held_on = DayField("会议日期", "请填写会议日期。")
    starts_at = HourField("开始时间")
    title = StringField("会议名称", validators=[within(80)])
    session_no = StringField("届次、期号", validators=[within(40)])
    place = StringField("地点", validators=[within(80)])
    convenor = StringField("召集人", validators=[within(80)])
    chair = StringField("主持人（已召开的必填）", validators=[within(80)])
    notes = TextAreaField("备注", validators=[within(2000)])

    def kind_is_known(self) -> bool:
        if self.kind.data in set(MeetingKind):
            return True
        self.kind.errors = ["请选择会议。"]
        return False

    def head(self) -> HeadData:
        return HeadData(
            unit_id=self.unit.data,
            kind=MeetingKind(self.kind.data),
            held_on=self.held_on.data,
            starts_at=self.starts_at.data,
            **{name: typed(self, name) for name in TEXTS},
        )


class MeetingForm(HeadForm, WithDecisions):
    """A whole meeting on one screen."""

    state = SelectField("进度", choices=HELD_FIRST, validate_choice=False)
    topics = TextAreaField("议题", validators=[within(5000)])

    def is_fine(self, units: Sequence[Choice]) -> bool:
        fine = [self.validate_on_submit(), self.decisions_are_fine(units), self.kind_is_known()]
        if self.state.data not in dict(HELD_FIRST):
            self.state.errors = ["请选择进度。"]
            fine.append(False)
        return all(fine)

    def as_data(self) -> MeetingData:
        lines = [" ".join(line.split()) for line in typed(self, "topics").splitlines()]
        return MeetingData(
            head=self.head(),
            state=MeetingState(self.state.data),
            topics=tuple(line for line in lines if line),
            decisions=self.decision_data(),
        )


class HeadCorrectionForm(HeadForm, VersionedForm):
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])


class ItemRow(RowForm):
    """What came of one item."""

    outcome = SelectField("结果", choices=[NOTHING, *ItemOutcome.choices()], validate_choice=False)
    escalated_to = SelectField("提请", validate_choice=False)
    discussion = TextAreaField("研究情况", validators=[within(2000)])

    is_blank = False  # type: ignore[assignment]

    def as_data(self, item_id: int) -> OutcomeData:
        code, body = self.outcome.data, self.escalated_to.data
        return OutcomeData(
            item_id=item_id,
            outcome=ItemOutcome(code) if code in set(ItemOutcome) else None,
            discussion=typed(self, "discussion"),
            escalated_to=MeetingKind(body) if body in set(MeetingKind) else None,
        )


class RecordForm(VersionedForm, WithDecisions):
    """Outcomes of all items and the decisions."""

    items: dict[int, ItemRow]

    def with_items(self, items: Sequence[MeetingItem], bodies: Sequence[tuple[str, str]]) -> None:
        formdata = request.form if self.is_submitted() else None
        self.items = {}
        for item in items:
            saved = {name: getattr(item, name) or "" for name in ("outcome", "escalated_to", "discussion")}
            row = ItemRow(formdata=formdata, prefix=f"item-{item.id}-", data=saved)
            row.escalated_to.choices = [("", "不提请"), *bodies]
            self.items[item.id] = row

    def is_fine(self, units: Sequence[Choice]) -> bool:
        fine = [self.validate_on_submit(), self.decisions_are_fine(units)]
        fine += [row.validate() for row in self.items.values()]
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        kind, _, rest = (violation.field or "").partition("-")
        number, _, name = rest.partition("-")
        row = self.items.get(number_of(number) or 0) if kind == "item" else None
        if row is None:
            super().add_error(violation)
        else:
            row.add_error(name, violation.message)
            self.form_errors.append(violation.message)

    def outcomes(self) -> list[OutcomeData]:
        return [row.as_data(item_id) for item_id, row in self.items.items()]


class TopicRow(RowForm):
    title = StringField("议题", validators=[within(LONGEST_TITLE)])
    unit = StringField("汇报单位", validators=[within(80)])

    unit_id: int | None = None

    @property
    def is_blank(self) -> bool:
        return not any(f.raw_data and f.raw_data[0].strip() for f in (self.title, self.unit))


class AgendaForm(VersionedForm):
    """What to put on the agenda: ticked, by number, or written down."""

    asked = SelectMultipleField("下级提请研究的", validate_choice=False)
    petitions = SelectMultipleField("超期的信访事项", validate_choice=False)
    tasks = SelectMultipleField("督办事项", validate_choice=False)
    number = StringField("信访事项编号", validators=[within(64)])

    topics: list[TopicRow]

    def with_topics(self, *, more: bool = False) -> None:
        formdata = request.form if self.is_submitted() else None
        self.topics = rows_of(TopicRow, "topic", formdata, [], most=MOST_ITEMS, more=more)

    def is_fine(self, units: Sequence[Choice]) -> bool:
        fine = [self.validate_on_submit(), rows_are_fine(self.topics)]
        fine += [understand_unit(row, "unit", units) for row in self.topics if not row.is_blank]
        self.form_errors += problems_in_rows("议题", self.topics)
        return all(fine)

    def add_error(self, violation: RuleViolation) -> None:
        if not put_in_rows("topic", self.topics, violation):
            super().add_error(violation)
        else:
            self.form_errors.append(violation.message)

    def ticked(self) -> list[NewItem]:
        """In the order of the page; without what was typed by number."""
        found = [NewItem(asked_by_id=i) for i in _ids(self.asked.data)]
        found += [NewItem(petition_id=i) for i in _ids(self.petitions.data)]
        found += [NewItem(task_id=i) for i in _ids(self.tasks.data)]
        for n, row in enumerate(self.topics):
            if not row.is_blank:
                found.append(
                    NewItem(
                        title=typed(row, "title"), reporting_unit_id=row.unit_id, field=f"topic-{n}-title"
                    )
                )
        return found


class AttendeeRow(RowForm):
    unit = StringField("单位", validators=[within(80)])
    name = StringField("姓名", validators=[within(40)])
    post = StringField("职务", validators=[within(60)])
    part = SelectField("身份", choices=AttendeePart.choices(), validate_choice=False)
    presence = SelectField("到会情况", choices=Presence.choices(), validate_choice=False)

    unit_id: int | None = None

    @property
    def is_blank(self) -> bool:
        return not any(f.raw_data and f.raw_data[0].strip() for f in (self.unit, self.name, self.post))

    def as_data(self) -> AttendeeData:
        part, presence = self.part.data, self.presence.data
        return AttendeeData(
            unit_id=self.unit_id,
            name=typed(self, "name"),
            post=typed(self, "post"),
            part=AttendeePart(part) if part in set(AttendeePart) else AttendeePart.MEMBER,
            presence=Presence(presence) if presence in set(Presence) else Presence.OPEN,
        )


class AttendanceForm(VersionedForm):
    attendees: list[AttendeeRow]

    def with_attendees(self, saved: list[Mapping[str, Any]], *, more: bool = False) -> None:
        formdata = request.form if self.is_submitted() else None
        self.attendees = rows_of(AttendeeRow, "attendee", formdata, saved, most=MOST_ATTENDEES, more=more)

    def is_fine(self, units: Sequence[Choice]) -> bool:
        fine = [self.validate_on_submit(), rows_are_fine(self.attendees)]
        fine += [understand_unit(row, "unit", units) for row in self.attendees if not row.is_blank]
        self.form_errors += problems_in_rows("参会", self.attendees)
        return all(fine)

    def as_data(self) -> list[AttendeeData]:
        return [row.as_data() for row in self.attendees if not row.is_blank]


class HoldForm(VersionedForm):
    held_on = DayField("召开日期", "请填写召开日期。")
    chair = StringField("主持人", validators=[within(80), Starred()])


class ConfirmForm(VersionedForm):
    pass


class MoveForm(VersionedForm):
    way = HiddenField()


class ReopenForm(VersionedForm, ReasonForm):
    pass


class AnswerForm(VersionedForm):
    on = DayField("答复日期", "请填写答复日期。")
    text = TextAreaField("答复意见", validators=[within(LONGEST_RESULT), Starred()])


def head_values(row: Meeting) -> dict[str, Any]:
    """A saved head as form values."""
    names = ("kind", "held_on", "starts_at", "version", *TEXTS)
    return {name: getattr(row, name) for name in names} | {"unit": row.unit_id}


def decision_values(row: Meeting, shown: frozenset[int]) -> list[Mapping[str, Any]]:
    return [
        {
            "decision_id": d.id,
            "content": d.content,
            "item": str(d.item_id or ""),
            "unit": label_of_unit(d.unit),
            "person": d.person,
            "due_on": d.due_on,
        }
        for d in row.decisions
        if d.item_id is None or d.item_id in shown
    ]


def attendee_values(row: Meeting) -> list[Mapping[str, Any]]:
    return [
        {
            "unit": label_of_unit(a.unit),
            "name": a.name,
            "post": a.post,
            "part": a.part,
            "presence": a.presence,
        }
        for a in row.attendees
    ]


def _ids(values: list[str] | None) -> list[int]:
    return [number for text in values or () if (number := number_of(text)) is not None]
