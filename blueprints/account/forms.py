from wtforms import HiddenField, PasswordField, StringField

from web.form_fields import Form, required, within


class SignInForm(Form):
    username = StringField("用户名", validators=[required("用户名"), within(80)])
    password = PasswordField("口令", validators=[required("口令"), within(200)])
    next = HiddenField()


class PasswordForm(Form):
    current = PasswordField("现在的口令", validators=[required("现在的口令"), within(200)])
    password = PasswordField("新口令", validators=[required("新口令"), within(200)])
    again = PasswordField("再输一遍新口令", validators=[required("再输一遍"), within(200)])


class EmptyForm(Form):
    """A button: nothing but its token."""


class TelephoneForm(Form):
    telephone = StringField("办公电话", validators=[within(40)])
