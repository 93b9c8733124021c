"""Forms of suggestions, interviews, look backs and inspections: shape only; the rules are asked by the actions."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from actions.district_teams import TeamData
from actions.inspections import PlanData, VisitData
from actions.interviews import InterviewData
from actions.suggestions import ReplyData, SuggestionData
from models.organisation import Unit
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.inspection_rules import LONGEST_PROBLEM, MOST_PROBLEMS, PlanValues, ProblemLine
from rules.interview_rules import InterviewValues
from rules.suggestion_rules import RECIPIENTS, SuggestionValues
from rules.supervision_words import Adoption, Ground, InspectionKind, SuggestionKind
from rules.taxonomy import Labelled
from web.form_fields import Form, HourField, OnceForm, ReasonForm, Starred, required, within
from web.register_fields import DayField, RowForm, put_in_rows, rows_are_fine, rows_of

LONG = 5_000


def unit_options(units: Sequence[Unit], empty: str = "请选择") -> list[tuple[str, str]]:
    return [("", empty), *((str(unit.id), unit.label) for unit in units)]


def _word(words: type[Labelled], field: SelectField) -> Any:
    """None where nothing of the list was chosen."""
    return words(field.data) if field.data in {w.value for w in words} else None


def _ids(field: SelectMultipleField) -> tuple[int, ...]:
    return tuple(i for i in map(number_of, field.data or ()) if i is not None)


class VersionedForm(OnceForm):
    version = HiddenField()

    @property
    def expected(self) -> int:
        return number_of(self.version.data) or 0

    def stand_on(self, version: int) -> None:
        """What the next press is compared with: the version as it was opened, or that of which its user has been told."""
        if self.is_stale or not self.version.data:
            self.version.data = str(version)


class VoidForm(ReasonForm):
    version = HiddenField()

    @property
    def expected(self) -> int:
        return number_of(self.version.data) or 0


class InterviewForm(VersionedForm):
    unit = SelectField("被约谈单位", validate_choice=False, validators=[Starred()])
    interviewed_on = DayField("约谈日期", starred=True)
    starts_at = HourField("开始时间")
    persons = IntegerField("约谈人数", validators=[Optional(), Starred()], default=1)
    posts = StringField("被约谈人职务", validators=[within(200)])
    host = StringField("约谈人及职务", validators=[within(100)])
    place = StringField("地点", validators=[within(80)])
    ground = SelectField(
        "依据", choices=[("", "请选择"), *Ground.choices()], validate_choice=False, validators=[Starred()]
    )
    reason = TextAreaField("事由", validators=[within(LONG), Starred()])
    demands = TextAreaField("整改要求（定了期限的必填）", validators=[within(LONG)])
    correct_by = DayField("整改期限（有要求的必填）")
    petition = StringField("信访事项编号", validators=[within(64)])
    task = StringField("督办编号", validators=[within(40)])
    look_back = HiddenField()

    @property
    def values(self) -> InterviewValues:
        texts = {name: self[name].data or "" for name in ("posts", "host", "place", "reason", "demands")}
        return InterviewValues(
            interviewed_on=self.interviewed_on.data,
            starts_at=self.starts_at.data,
            persons=self.persons.data,
            ground=_word(Ground, self.ground),
            correct_by=self.correct_by.data,
            **texts,
        )

    def as_data(self) -> InterviewData:
        return InterviewData(
            number_of(self.unit.data) or 0,
            self.values,
            petition=self.petition.data or "",
            task=self.task.data or "",
            look_back_id=number_of(self.look_back.data),
        )


class InterviewCorrectionForm(InterviewForm):
    why = StringField("更正理由", validators=[required("更正理由"), within(200)])


class NoteForm(VersionedForm):
    """`verb` is the button that was pressed."""

    verb = HiddenField()
    text = TextAreaField("情况", validators=[within(LONG)])
    evidence = StringField("佐证材料存放处（没有附件的必填）", validators=[within(200)])
    on = DayField("收到书面报送的日期")


class ReportedNoteForm(NoteForm):
    """Of the unit: what it did must be said."""

    text = TextAreaField("情况", validators=[within(LONG), Starred()])


class SuggestionForm(VersionedForm):
    kind = SelectField(
        "种类", choices=SuggestionKind.choices(), validate_choice=False, validators=[Starred()]
    )
    target = SelectField("向谁提出（必填，或者在右边写明）", validate_choice=False)
    target_text = StringField("不在本系统里的机关", validators=[within(80)])
    title = StringField("标题", validators=[within(80), Starred()])
    reason = TextAreaField("事由", validators=[within(LONG), Starred()])
    content = TextAreaField("建议内容", validators=[within(LONG), Starred()])
    petitions = StringField("依据的信访事项编号", validators=[within(2000)])
    task = StringField("督办编号", validators=[within(40)])
    reply_due_on = DayField("要求反馈日期", starred=True)

    def as_data(self) -> SuggestionData:
        texts = {name: self[name].data or "" for name in ("title", "reason", "content", "target_text")}
        kind = _word(SuggestionKind, self.kind)
        if kind is None:
            raise RuleViolation("请选择种类。", "kind")
        values = SuggestionValues(kind=kind, reply_due_on=self.reply_due_on.data, **texts)
        return SuggestionData(
            values, number_of(self.target.data), self.petitions.data or "", self.task.data or ""
        )


RECIPIENT_HINT = "；".join(f"{kind.label}：{RECIPIENTS[kind]}" for kind in SuggestionKind) + "。"


class ReplyForm(VersionedForm):
    replied_on = DayField("反馈日期", "请填写反馈日期。")
    adoption = SelectField(
        "采纳情况",
        choices=[("", "请选择"), *Adoption.choices()],
        validate_choice=False,
        validators=[Starred()],
    )
    adoption_text = TextAreaField("落实情况或者理由", validators=[within(LONG), Starred()])
    number = StringField("反馈文号", validators=[within(60)])

    def as_data(self) -> ReplyData:
        """Raises RuleViolation on `adoption`."""
        adoption = _word(Adoption, self.adoption)
        if adoption is None:
            raise RuleViolation("请选择采纳情况。", "adoption")
        return ReplyData(
            self.replied_on.data, adoption, self.adoption_text.data or "", self.number.data or ""
        )


class LookBackForm(OnceForm):
    opinion = TextAreaField("倒查意见", validators=[within(2000), Starred()])


class InspectionForm(VersionedForm):
    title = StringField("督查名称", validators=[within(80), Starred()])
    kind = SelectField(
        "种类", choices=InspectionKind.choices(), validate_choice=False, validators=[Starred()]
    )
    starts_on = DayField("起始日期", starred=True)
    ends_on = DayField("截止日期", starred=True)
    lead = StringField("带队领导", validators=[within(80)])
    joint_units = StringField("联合督查的单位（联合督查的必填）", validators=[within(200)])
    purpose = TextAreaField("督查内容", validators=[within(LONG)])
    units = SelectMultipleField("督查单位", validate_choice=False, validators=[Starred()])

    def as_data(self) -> PlanData:
        kind = _word(InspectionKind, self.kind)
        if kind is None:
            raise RuleViolation("请选择种类。", "kind")
        texts = {name: self[name].data or "" for name in ("title", "purpose", "lead", "joint_units")}
        days = {"starts_on": self.starts_on.data, "ends_on": self.ends_on.data}
        return PlanData(PlanValues(kind=kind, **days, **texts), _ids(self.units))


class SummaryForm(VersionedForm):
    summary = TextAreaField("督查情况", validators=[within(LONG), Starred()])


class ProblemForm(RowForm):
    summary = StringField("问题", validators=[within(LONGEST_PROBLEM)])
    correct_by = DayField("整改期限")

    @property
    def is_blank(self) -> bool:
        return not any(f.raw_data and f.raw_data[0].strip() for f in (self.summary, self.correct_by))


class InspectionVisitForm(VersionedForm):
    visited_on = DayField("督查日期", starred=True)
    people = StringField("督查人员", validators=[within(200)])
    record = TextAreaField("督查情况", validators=[within(LONG), Starred()])

    problems: list[ProblemForm]

    def with_problems(self, posted: Any) -> "InspectionVisitForm":
        self.problems = rows_of(ProblemForm, "problem", posted, [], most=MOST_PROBLEMS)
        return self

    def is_fine(self) -> bool:
        return all([self.validate_on_submit(), rows_are_fine(self.problems)])

    def add_error(self, violation: RuleViolation) -> None:
        if not put_in_rows("problem", self.problems, violation):
            super().add_error(violation)

    def as_data(self) -> VisitData:
        lines = tuple(
            ProblemLine(number, row.summary.data or "", row.correct_by.data)
            for number, row in enumerate(self.problems)
            if not row.is_blank
        )
        return VisitData(self.visited_on.data, self.people.data or "", self.record.data or "", lines)


class ProblemNoteForm(Form):
    """`verb`: report, accept or return."""

    version = HiddenField()
    verb = HiddenField()
    text = StringField("情况", validators=[within(LONG)])


class TeamForm(VersionedForm):
    name = StringField("组名", validators=[within(60), Starred()])
    lead = StringField("带队领导", validators=[within(80)])
    members = StringField("成员", validators=[within(300)])
    from_date = DayField("从哪天起", starred=True)
    to_date = DayField("到哪天止（选填）")
    units = SelectMultipleField("包联单位", validate_choice=False, validators=[Starred()])

    def as_data(self) -> TeamData:
        texts = {name: self[name].data or "" for name in ("name", "lead", "members")}
        return TeamData(
            from_date=self.from_date.data, to_date=self.to_date.data, unit_ids=_ids(self.units), **texts
        )
