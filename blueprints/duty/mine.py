"""我的班: what comes, what was, what waits for me, my calendar address."""

from datetime import timedelta

from flask import render_template, url_for

from blueprints.duty import duty
from blueprints.duty.change_forms import words_of_duty
from extensions import db
from queries.absences import AbsenceFilter, list_absences
from queries.duty_account import own_account
from queries.duty_feeds import feed_of, secret_of
from queries.duty_swaps import own_duties, swaps_for
from rules.duty_words import AbsenceKind, SwapState
from rules.roles import Permission
from rules.roster_words import Assigned
from web import clock
from web.session import actor

AHEAD = timedelta(days=93)
LATELY = timedelta(days=14)


@duty.route("/duty/mine", permission=Permission.DUTY_OWN)
def show_mine() -> str:
    session, now, me = db.session(), clock.now(), actor()
    person_id = me.person_id or 0
    feed = feed_of(session, person_id)
    secret = secret_of(feed)
    swaps = swaps_for(session, me, now - LATELY)
    return render_template(
        "duty/show_mine.html",
        duties=own_duties(session, person_id, ending_after=now, starting_before=now + AHEAD),
        account=own_account(session, person_id, now),
        to_answer=[s for s in swaps if s.state == SwapState.ASKED.value and s.other_person_id == person_id],
        swaps=swaps,
        absences=list_absences(session, me, AbsenceFilter(mine=True), clock.today()),
        address=url_for("duty.export_feed", secret=secret, _external=True) if secret else "",
        feed=feed,
        now=now,
        words=words_of_duty,
        state_of=SwapState,
        kind_of=AbsenceKind,
        assigned_of=Assigned,
    )
