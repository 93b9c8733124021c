from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from actions.imports.kinds import KINDS
from rules.roles import Actor
from web.form_fields import Form, required


class UploadForm(Form):
    kind = SelectField("表的种类", validators=[required("表的种类")])
    file = FileField("文件", validators=[FileRequired("请选择要导入的 .xlsx 文件。")])

    def offer(self, actor: Actor) -> "UploadForm":
        self.kind.choices = [(name, kind.spec.title) for name, kind in allowed_kinds(actor).items()]
        return self


def allowed_kinds(actor: Actor) -> dict[str, object]:
    return {name: kind for name, kind in KINDS.items() if actor.may(kind.permission)}
