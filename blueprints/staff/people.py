"""People with or without an account, as the telephone book lists them."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.postings import add_person, correct_person, leave
from blueprints.staff import staff
from blueprints.staff.forms import PersonEditForm, PersonForm, VersionedForm, unit_options
from extensions import db
from models.staff import Person
from queries.organisation import unit_by_id, units_to_choose
from queries.register_filter import number_of
from queries.staff import accounts_of
from queries.telephone_book import load_person
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@staff.route("/staff/people/new", permission=Permission.ACCOUNTS_OPEN, methods=["GET", "POST"])
def new_person() -> str | Response:
    form = PersonForm(unit=request.args.get("unit"))
    form.unit.choices = unit_options(units_to_choose(db.session(), clock.today()))
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                add_person(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    name=form.name.data,
                    unit=unit_by_id(session, number_of(form.unit.data) or 0),
                    post=form.post.data,
                    telephone=form.telephone.data,
                )
        except Refused:
            pass
        else:
            flash(f"{form.name.data}已加入通讯录。", "success")
            return see_other(url_for("staff.telephone_book", unit=form.unit.data))
    page = render_template("staff/new_person.html", form=form)
    return unprocessable(page) if form.errors or form.form_errors else page


@staff.route("/staff/people/<int:person_id>", permission=Permission.ACCOUNTS_OPEN, methods=["GET", "POST"])
def edit_person(person_id: int) -> str | Response:
    person = load_person(db.session(), person_id)
    form = PersonEditForm(obj=person)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                correct_person(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    person=load_person(session, person_id),
                    version=form.expected,
                    name=form.name.data,
                    telephone=form.telephone.data,
                    posts=_posts(),
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已保存。", "success")
            return see_other(url_for("staff.edit_person", person_id=person_id))
    page = _page(person, form, VersionedForm("leave", formdata=None, data={"version": person.version}))
    return unprocessable(page) if form.errors or form.form_errors else page


@staff.route("/staff/people/<int:person_id>/leaving", permission=Permission.ACCOUNTS_OPEN, methods=["POST"])
def end_person_postings(person_id: int) -> Response:
    form = VersionedForm("leave")
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                leave(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    person=load_person(session, person_id),
                    version=form.expected,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已办理离任。", "success")
            return see_other(url_for("staff.edit_person", person_id=person_id))
    person = load_person(db.session(), person_id)
    return unprocessable(_page(person, PersonEditForm(formdata=None, obj=person), form))


def _page(person: Person, form: PersonEditForm, leave_form: VersionedForm) -> str:
    return render_template(
        "staff/edit_person.html",
        form=form,
        leave_form=leave_form,
        person=person,
        accounts=accounts_of(db.session(), person.id),
    )


def _posts() -> dict[int, str]:
    """Titles by posting, from the fields `post-<id>`."""
    fields = (
        (name.removeprefix("post-"), value)
        for name, value in request.form.items()
        if name.startswith("post-")
    )
    return {int(key): value[:60] for key, value in fields if number_of(key)}
