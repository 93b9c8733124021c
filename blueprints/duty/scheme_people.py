"""班次设置: who takes part, in which order, posts and share; who must and must not meet."""

from datetime import date

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.roster_members import add_members, change_members, change_pairs
from blueprints.duty import duty
from blueprints.duty.scheme_forms import MembersForm, NewMembersForm, PairsForm
from blueprints.duty.schemes import opened_scheme, renew
from extensions import db
from models.roster import RosterMember, RosterScheme
from queries.choices import person_named
from queries.register_filter import number_of
from queries.roster_schemes import live_posts, load_scheme, staff_to_add, still_members
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.roster_words import RosterKind
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@duty.route("/duty/schemes/<int:scheme_id>/members", permission=Permission.DUTY_PLAN, methods=["GET", "POST"])
def edit_scheme_members(scheme_id: int) -> str | Response:
    """The table of members, all saved at once or none."""
    scheme = opened_scheme(scheme_id)
    form = _members_form(scheme)
    if request.method == "GET":
        return _members_page(form, scheme)
    if not form.is_fine():
        return unprocessable(_members_page(form, scheme))
    try:
        with form.refusals(), writing() as session:
            change_members(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                scheme=load_scheme(session, actor(), scheme_id),
                version=number_of(form.version.data) or 0,
                rows=form.as_data(),
            )
    except Refused as refused:
        scheme = opened_scheme(scheme_id)
        renew(form, scheme, refused)
        return unprocessable(_members_page(form, scheme))
    flash("人员已保存，下次排班按这个来。", "success")
    return see_other(url_for("duty.edit_scheme_members", scheme_id=scheme_id))


@duty.route("/duty/schemes/<int:scheme_id>/members/new", permission=Permission.DUTY_PLAN, methods=["POST"])
def add_scheme_members(scheme_id: int) -> str | Response:
    """Several people at once."""
    scheme = opened_scheme(scheme_id)
    new = _new_form(scheme, posted=True)
    if new.validate_on_submit():
        try:
            with new.refusals(), writing() as session:
                count = add_members(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    scheme=load_scheme(session, actor(), scheme_id),
                    version=number_of(new.version.data) or 0,
                    person_ids=[*new.person_ids, *_named(new, clock.today())],
                    post_ids=new.post_ids,
                )
        except Refused as refused:
            scheme = opened_scheme(scheme_id)
            renew(new, scheme, refused)
        else:
            flash(f"已加入 {count} 人。", "success")
            return see_other(url_for("duty.edit_scheme_members", scheme_id=scheme_id))
    return unprocessable(_members_page(_members_form(scheme, posted=False), scheme, new))


@duty.route("/duty/schemes/<int:scheme_id>/pairs", permission=Permission.DUTY_PLAN, methods=["GET", "POST"])
def edit_scheme_pairs(scheme_id: int) -> str | Response:
    scheme = opened_scheme(scheme_id)
    form = PairsForm() if request.method == "POST" else PairsForm(formdata=None, data=_version(scheme))
    form.with_pairs(scheme.pairs, _current(scheme), more="more" in request.form)
    if request.method == "GET" or "more" in request.form:
        return _pairs_page(form, scheme)
    if not form.validate_on_submit():
        return unprocessable(_pairs_page(form, scheme))
    try:
        with form.refusals(), writing() as session:
            change_pairs(
                session,
                actor=actor(),
                now=clock.now(),
                scheme=load_scheme(session, actor(), scheme_id),
                version=number_of(form.version.data) or 0,
                rows=form.as_data(),
            )
    except Refused as refused:
        scheme = opened_scheme(scheme_id)
        renew(form, scheme, refused)
        return unprocessable(_pairs_page(form, scheme))
    flash("搭班关系已保存。", "success")
    return see_other(url_for("duty.edit_scheme_pairs", scheme_id=scheme_id))


def _current(scheme: RosterScheme) -> list[RosterMember]:
    return still_members(scheme, clock.today())


def _members_form(scheme: RosterScheme, *, posted: bool = True) -> MembersForm:
    posted = posted and request.method == "POST"
    form = MembersForm() if posted else MembersForm(formdata=None, data=_version(scheme))
    return form.with_members(_current(scheme), live_posts(scheme), posted=posted)


def _version(scheme: RosterScheme) -> dict[str, str]:
    return {"version": str(scheme.version)}


def _new_form(scheme: RosterScheme, *, posted: bool = False) -> NewMembersForm:
    """With the people and posts it offers."""
    form = NewMembersForm() if posted else NewMembersForm(formdata=None, data=_version(scheme))
    staff = staff_to_add(db.session(), scheme, clock.today())
    form.people.choices = [(str(s.person_id), f"{s.name} {s.post}".strip()) for s in staff]
    form.posts.choices = [(str(post.id), post.name) for post in live_posts(scheme)]
    return form


def _named(form: NewMembersForm, today: date) -> list[int]:
    """People of other units, typed as “姓名 单位”, several with 、 between. Raises RuleViolation on `other`."""
    typed = (form.other.data or "").replace("，", "、").replace(",", "、")
    names = [name.strip() for name in typed.split("、") if name.strip()]
    try:
        return [person_named(db.session(), name, today, "other") for name in names]
    except RuleViolation as violation:
        raise RuleViolation(violation.message.replace("，请写在反映内容里", ""), "other") from None


def _members_page(form: MembersForm, scheme: RosterScheme, new: NewMembersForm | None = None) -> str:
    members = {member.id: member for member in _current(scheme)}
    return render_template(
        "duty/edit_scheme_members.html",
        form=form,
        new=new or _new_form(scheme),
        scheme=scheme,
        members=members,
        gone=[m for m in scheme.members if m.id not in members],
        is_leaders=scheme.kind == RosterKind.LEADER_DAYS.value,
        kind=RosterKind(scheme.kind),
    )


def _pairs_page(form: PairsForm, scheme: RosterScheme) -> str:
    return render_template(
        "duty/edit_scheme_pairs.html", form=form, scheme=scheme, kind=RosterKind(scheme.kind)
    )
