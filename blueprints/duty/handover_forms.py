"""Forms of 交接班. The explanations of open lines are fields `note-<id of the line>` beside them."""

from collections.abc import Iterable

from flask import request
from wtforms import HiddenField, PasswordField, StringField, TextAreaField

from models.duty_desk import DeskEntry
from rules.errors import RuleViolation
from rules.handover_rules import LONGEST_ARTICLES, LONGEST_NOTE, LONGEST_NOTES, LONGEST_REASON
from web.form_fields import Form, required, within

WRONG = "口令不对，或因连续输错暂时锁定。请核对后再试，仍不行请过 15 分钟再来。"

MAY_NOT_SIGN = (
    "用户名或口令不对，或因连续输错暂时锁定，或者这个账号不能接班签名：应是本值班室的工作人员，不能是交班人本人，"
    "不能还在用一次性口令。请核对后再试，仍不行请过 15 分钟再来。"
)
"""One answer for all: whoever sees it does not learn that the password was right."""


class SignOffForm(Form):
    shift = HiddenField()
    """Which moment the page was made for."""
    version = HiddenField()
    """Of the hand-over that stood when the page was made; 0 for none."""
    articles = StringField("物品", validators=[within(LONGEST_ARTICLES)])
    notes = TextAreaField("其他要交代的", validators=[within(LONGEST_NOTES)])
    reason = StringField("不是班表上的人交班，理由", validators=[within(LONGEST_REASON)])
    password = PasswordField("交班人口令", validators=[required("口令，作为签名")])

    note_errors: dict[int, str]
    typed_notes: dict[int, str]

    def with_lines(self, lines: Iterable[DeskEntry], said: dict[int, str]) -> "SignOffForm":
        """The explanations as posted, else `said`."""
        posted = request.form if self.is_submitted() else None
        self.note_errors = {}
        self.typed_notes = {
            line.id: (posted.get(f"note-{line.id}", "") if posted is not None else said.get(line.id, ""))
            for line in lines
        }
        return self

    def notes_are_short(self) -> bool:
        for line_id, text in self.typed_notes.items():
            if len(text) > LONGEST_NOTE:
                self.note_errors[line_id] = f"最多 {LONGEST_NOTE} 个字。"
        return not self.note_errors

    def add_error(self, violation: RuleViolation) -> None:
        name, _dash, line_id = (violation.field or "").partition("-")
        if name == "note" and line_id.isdecimal():
            self.note_errors[int(line_id)] = violation.message
        else:
            super().add_error(violation)


class SignOnForm(Form):
    version = HiddenField()
    reason = StringField("不是班表上的人接班，理由", validators=[within(LONGEST_REASON)])
    username = StringField("接班人用户名", validators=[required("接班人的用户名"), within(40)])
    password = PasswordField("接班人口令", validators=[required("口令，作为签名")])

    def add_error(self, violation: RuleViolation) -> None:
        about_account = violation.field == "username"
        super().add_error(RuleViolation(MAY_NOT_SIGN, "password") if about_account else violation)
