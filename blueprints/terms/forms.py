from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired

from queries.terms_proposals import limit_name
from rules.errors import RuleViolation, RuleViolations
from rules.own_limits import CHANGEABLE, OWN_UNITS
from web.form_fields import DayField, Form, required, within

LARGEST_FILE = 60 * 1024
"""Bytes: a year of eighty rows takes five thousand."""
MOST_SHOWN = 30


class YearFileForm(Form):
    file = FileField("放假安排文件", validators=[FileRequired("请选择放假安排的 .csv 文件。")])

    def text(self) -> str:
        """What the file says, from UTF-8 or, as spreadsheet programs here save it, GBK. Raises RuleViolation."""
        content = self.file.data.stream.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise RuleViolation("文件太大，一年的放假安排不会超过 60 KB，请核对选对了文件。", "file")
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return str(content.decode(encoding))
            except UnicodeDecodeError:
                continue
        raise RuleViolation("文件读不懂，请另存为 CSV（UTF-8 或 GBK 编码）再试。", "file")

    def add_errors_of_lines(self, found: RuleViolations) -> None:
        messages = [violation.message for violation in found.violations]
        shown = messages[:MOST_SHOWN]
        more = [f"另有 {len(messages) - MOST_SHOWN} 处。"] if len(messages) > MOST_SHOWN else []
        self.form_errors += [*shown, *more]
        self.file.errors = [*self.file.errors, f"文件有 {len(messages)} 处错误，什么都没有录入。"]


class OwnLimitForm(Form):
    key = SelectField("时限", validators=[required("时限")])
    days = IntegerField("天数", validators=[InputRequired("请填写天数。")])
    unit = SelectField("怎样计算", choices=[(unit.value, unit.label) for unit in OWN_UNITS])
    valid_from = DayField("从哪天起", validators=[DataRequired("请填写日期，如 2026-07-15。")])
    basis = StringField("依据", validators=[required("依据"), within(200)])

    def offer(self) -> "OwnLimitForm":
        self.key.choices = [(key, limit_name(key)) for key in CHANGEABLE]
        return self
