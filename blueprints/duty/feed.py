"""日历订阅: a secret address that a telephone reads without signing in; renewed and withdrawn by its owner."""

import secrets

from flask import Response, abort, flash, url_for
from werkzeug.wrappers import Response as AnyResponse

from actions.duty_feeds import renew_feed as renew
from actions.duty_feeds import withdraw_feed as withdraw
from blueprints.duty import duty
from documents.duty_calendar import CalendarDuty, duty_calendar
from extensions import db
from queries.duty_feeds import FeedDuty, feed_duties, person_of_secret
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused
from web.pages import file_answer, see_other
from web.session import actor
from web.unit_of_work import writing

SECRET_BYTES = 24
"""192 random bits."""


@duty.route("/duty/feed/<secret>.ics", permission=Permission.ANYONE)
def export_feed(secret: str) -> Response:
    """Office facts only: post, place, hours, who shares the duty."""
    person = person_of_secret(db.session(), secret)
    if person is None:
        abort(404)
    events = [_event(one) for one in feed_duties(db.session(), person.id, clock.now())]
    content = duty_calendar(f"{person.name}的值班", events, clock.now())
    return file_answer(content, "值班.ics", "text/calendar")


@duty.route("/duty/feed/renewal", permission=Permission.DUTY_OWN, methods=["POST"])
def renew_feed() -> AnyResponse:
    with writing() as session:
        renew(session, actor=actor(), now=clock.now(), secret=secrets.token_urlsafe(SECRET_BYTES))
    flash("新的订阅地址已经生成；以前的地址不再有效。", "success")
    return see_other(url_for("duty.show_mine", _anchor="feed"))


@duty.route("/duty/feed/withdrawal", permission=Permission.DUTY_OWN, methods=["POST"])
def withdraw_feed() -> AnyResponse:
    form = Form()
    try:
        with form.refusals(), writing() as session:
            withdraw(session, actor=actor(), now=clock.now())
    except Refused:
        flash("".join(str(message) for message in form.form_errors), "warning")
    else:
        flash("订阅地址已停用，再也打不开。", "success")
    return see_other(url_for("duty.show_mine", _anchor="feed"))


def _event(one: FeedDuty) -> CalendarDuty:
    said = [f"{one.unit} {one.scheme}"]
    said += [f"同班：{'、'.join(one.colleagues)}"] if one.colleagues else []
    said += [f"值班电话：{one.telephone}"] if one.telephone else []
    title = f"值班：{one.post}"
    return CalendarDuty(
        uid=one.uid,
        version=one.version,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        title=f"（已取消）{title}" if one.is_cancelled else title,
        place=one.place,
        description="\n".join(["这个班已改由别人值。", *said] if one.is_cancelled else said),
        is_cancelled=one.is_cancelled,
    )
