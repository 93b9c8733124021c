"""Plans by the worker: stored once, never over a draft that moved, gone when cancelled or overtaken."""

from datetime import date

import pytest
from sqlalchemy import select

import jobs.rosters
from actions import audit
from actions.roster_orders import PlanAsked, cancel_plan, order_plan
from actions.rosters import DayChange, set_days
from extensions import db
from jobs.worker import Worker
from models.import_batch import Job
from models.roster import Roster, RosterScheme
from models.roster_order import RosterOrder
from models.staff import Account
from queries.roster_problem import problem_for_days
from rostering.planner import plan
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roster_words import PlanStage, PlanVerb
from tests import people, rotas
from tests.people import NOW, TODAY
from tests.prints import do_jobs, stopped_worker, work_through
from web.unit_of_work import writing

FIRST, LAST, LATER = date(2026, 8, 1), date(2026, 8, 6), date(2026, 8, 8)


@pytest.fixture
def rota(both):
    """Id of a rota of six people in 柳溪镇."""
    with both.app_context(), writing() as session:
        return rotas.scheme(session).id


def ask(app, rota, verb=PlanVerb.NEW, first=FIRST, last=LAST, roster=None, member=people.LIN, key="") -> int:
    """Id of the order."""
    with app.app_context(), writing() as session:
        row = session.get_one(Roster, roster) if roster else None
        asked = PlanAsked(verb, first, last, row, row.version if row else 0)
        return order_plan(
            session, actor=people.actor(session, member), now=NOW, today=TODAY,
            scheme=session.get_one(RosterScheme, rota), asked=asked, submission_key=key,
        ).id  # fmt: skip


def order_of(app, order_id):
    with app.app_context():
        found = db.session.get_one(RosterOrder, order_id)
        db.session.expunge(found)
        return found


def rosters(app):
    with app.app_context():
        return list(db.session.scalars(select(Roster).order_by(Roster.id)))


def people_of(app, roster_id):
    with app.app_context():
        session = db.session()
        return [d.person_id for d in rotas.duties(session, session.get_one(Roster, roster_id))]


def change_by_hand(app, roster_id):
    """The first duty held empty; the draft is another one now."""
    with app.app_context(), writing() as session:
        roster = session.get_one(Roster, roster_id)
        first = rotas.duties(session, roster)[0]
        set_days(
            session, **rotas.how(session), today=TODAY, roster=roster, version=roster.version,
            changes=[DayChange(first.id, first.version, None, True)],
        )  # fmt: skip


def during_planning(monkeypatch, act):
    """Once, when the planner has come to fairness."""
    note, done = jobs.rosters._note, []

    def noting(order_id, stage):
        if stage is PlanStage.FAIR and not done:
            done.append(stage)
            act()
        note(order_id, stage)

    monkeypatch.setattr(jobs.rosters, "_note", noting)


def test_the_worker_stores_the_same_roster_as_planning_at_once(both, rota):
    order_id = ask(both, rota)
    assert (order_of(both, order_id).state, rosters(both)) == ("waiting", [])
    work_through(both)
    order, (roster,) = order_of(both, order_id), rosters(both)
    assert (order.state, order.stage, order.roster_id) == ("done", "turns", roster.id)
    with both.app_context():
        problem = problem_for_days(db.session(), db.session.get_one(RosterScheme, rota), FIRST, LAST)
    assigned = plan(problem).assigned
    assert people_of(both, roster.id) == [assigned[slot] for slot in sorted(problem.slots)]


def test_a_draft_is_planned_again_and_made_longer(both, rota):
    ask(both, rota)
    work_through(both)
    (roster,) = rosters(both)
    change_by_hand(both, roster.id)
    ask(both, rota, PlanVerb.REPEAT, roster=roster.id)
    work_through(both)
    assert people_of(both, roster.id)[0] is None
    ask(both, rota, PlanVerb.EXTEND, last=LATER, roster=roster.id)
    work_through(both)
    assert [(r.first_day, r.last_day) for r in rosters(both)] == [(FIRST, LATER)]
    assert len(people_of(both, roster.id)) == 16


def test_a_draft_that_moves_meanwhile_is_left_as_it_is_and_it_is_told(both, rota, monkeypatch):
    ask(both, rota)
    work_through(both)
    (roster,) = rosters(both)
    order_id = ask(both, rota, PlanVerb.REPEAT, roster=roster.id)
    during_planning(monkeypatch, lambda: change_by_hand(both, roster.id))
    work_through(both)
    order = order_of(both, order_id)
    assert (order.state, order.error) == ("failed", jobs.rosters.MOVED)
    assert people_of(both, roster.id)[0] is None


def test_a_rota_that_changes_meanwhile_leaves_no_roster(both, rota, monkeypatch):
    def change():
        with writing() as session:
            row = session.get_one(RosterScheme, rota)
            row.version += 1
            audit.record(session, actor=people.SYSTEM, now=NOW, action="roster-scheme.change", subject=row)

    order_id = ask(both, rota)
    during_planning(monkeypatch, change)
    work_through(both)
    assert (order_of(both, order_id).error, rosters(both)) == (jobs.rosters.MOVED, [])


def test_a_newer_plan_of_the_same_days_overtakes_the_older_one(both, rota):
    older, other_month = ask(both, rota), ask(both, rota, first=date(2026, 9, 1), last=date(2026, 9, 3))
    newer = ask(both, rota, last=LATER)
    work_through(both)
    assert [order_of(both, i).state for i in (older, other_month, newer)] == ["overtaken", "done", "done"]
    assert sorted((r.first_day, r.last_day) for r in rosters(both)) == [
        (FIRST, LATER),
        (date(2026, 9, 1), date(2026, 9, 3)),
    ]


def test_cancelling_stops_at_the_next_stage_and_stores_nothing(both, rota, monkeypatch):
    order_id = ask(both, rota)

    def cancel():
        with writing() as session:
            order = session.get_one(RosterOrder, order_id, populate_existing=True)
            cancel_plan(session, actor=people.actor(session, people.LIN), now=NOW, order=order)

    during_planning(monkeypatch, cancel)
    work_through(both)
    order = order_of(both, order_id)
    assert (order.state, order.stage, rosters(both)) == ("cancelled", "cover", [])
    with pytest.raises(RuleViolation, match="已取消，不用取消"), both.app_context():
        cancel()


def test_the_same_form_sent_twice_is_one_plan(both, rota):
    assert ask(both, rota, key="k" * 24) == ask(both, rota, key="k" * 24)
    assert work_through(both) == 1


def test_what_cannot_be_planned_is_told_when_it_is_asked(both, rota):
    with pytest.raises(RuleViolations, match="早于起始日期"):
        ask(both, rota, last=date(2026, 7, 1))
    ask(both, rota)
    work_through(both)
    with pytest.raises(RuleViolation, match="日子重叠"):
        ask(both, rota)
    (roster,) = rosters(both)
    with pytest.raises(RuleViolation, match="应晚于 2026-08-06"):
        ask(both, rota, PlanVerb.EXTEND, roster=roster.id)
    with both.app_context(), writing() as session:
        rotas.publish(session, session.get_one(Roster, roster.id))
    with pytest.raises(RuleViolation, match="不能整张重排"):
        ask(both, rota, PlanVerb.REPEAT, roster=roster.id)
    with pytest.raises(StaleVersion), both.app_context(), writing() as session:
        order_plan(
            session, actor=people.actor(session, people.LIN), now=NOW, today=TODAY,
            scheme=session.get_one(RosterScheme, rota),
            asked=PlanAsked(PlanVerb.REPEAT, FIRST, LAST, session.get_one(Roster, roster.id), 1),
        )  # fmt: skip


def test_an_account_that_is_closed_meanwhile_gets_no_roster(both, rota):
    order_id = ask(both, rota)
    with both.app_context(), writing() as session:
        account = session.scalars(select(Account).where(Account.username == "lin")).one()
        account.disabled_at = NOW
        audit.record(session, actor=people.SYSTEM, now=NOW, action="account.disable", subject=account)
    work_through(both)
    assert (order_of(both, order_id).error, rosters(both)) == (jobs.rosters.NOT_YOURS, [])


def test_an_error_of_the_system_ends_the_plan_with_a_line(both, rota, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(jobs.rosters, "_stored", broken)
    order_id = ask(both, rota)
    work_through(both)
    assert (order_of(both, order_id).state, order_of(both, order_id).error) == ("failed", jobs.rosters.BROKEN)


def test_a_plan_whose_job_died_is_ended_by_the_sweep_and_old_ones_are_forgotten(both, rota):
    lost = ask(both, rota)
    with both.app_context(), writing() as session:
        job = session.scalars(select(Job).where(Job.kind == "roster.plan")).one()
        job.state, job.attempts = "failed", 3
    with both.app_context():
        stopped_worker(both).works["roster.sweep"]()
    assert order_of(both, lost).error == jobs.rosters.INTERRUPTED
    with both.app_context(), writing() as session:
        session.get_one(RosterOrder, lost).made_at = NOW.replace(year=2025)
    with both.app_context():
        stopped_worker(both).works["roster.sweep"]()
        assert db.session.get(RosterOrder, lost) is None


def test_a_job_that_is_run_again_after_its_roster_was_stored_makes_no_second_one(both, rota):
    order_id = ask(both, rota)
    do_jobs(both, 1)
    with both.app_context():
        Worker(both).works["roster.plan"](order_id=order_id)
    assert len(rosters(both)) == 1
