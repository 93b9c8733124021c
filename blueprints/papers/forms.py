"""Forms of papers: shape only; the rules are asked by the actions."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from web.form_fields import OnceForm, ReasonForm


class PaperForm(OnceForm):
    version = HiddenField()
    title = StringField("标题")
    addressee = StringField("主送")
    copies_to = StringField("抄送")
    source = TextAreaField("正文")
    renew = BooleanField("按登记的内容重写（上面改过的会失去）")


class VoidPaperForm(ReasonForm):
    version = HiddenField()
