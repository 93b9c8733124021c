"""常用语 of one's own office."""

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from actions.phrases import add_phrase, retire_phrase
from blueprints.reception import reception
from extensions import db
from queries.phrases import FIELDS, own_phrases
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, required, unprocessable, within
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


class PhraseForm(Form):
    field = SelectField("用在哪一栏", choices=list(FIELDS.items()))
    text = StringField("常用语", validators=[required("常用语"), within(300)])


@reception.route("/reception/phrases", permission=Permission.PHRASES)
def list_phrases() -> str:
    return _page(PhraseForm())


@reception.route("/reception/phrases", permission=Permission.PHRASES, methods=["POST"], endpoint="add_phrase")
def add() -> str | Response:
    form = PhraseForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                add_phrase(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    field=form.field.data,
                    text=form.text.data.strip(),
                )
        except Refused:
            pass
        else:
            flash("已添加。", "success")
            return see_other(url_for("reception.list_phrases"))
    return unprocessable(_page(form))


@reception.route(
    "/reception/phrases/<int:phrase_id>/retirement",
    permission=Permission.PHRASES,
    methods=["POST"],
    endpoint="retire_phrase",
)
def retire(phrase_id: int) -> Response:
    with writing() as session:
        retire_phrase(session, actor=actor(), now=clock.now(), phrase_id=phrase_id)
    flash("已停用。", "success")
    return see_other(url_for("reception.list_phrases"))


def _page(form: PhraseForm) -> str:
    return render_template(
        "reception/list_phrases.html",
        form=form,
        phrases=own_phrases(db.session(), actor().unit_id or 0),
        fields=FIELDS,
    )
