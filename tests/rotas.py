"""Rotas, people and rosters for the tests of 值班表; everybody is made up."""

from datetime import date, time

from sqlalchemy import select

from actions import audit
from actions.roster_members import add_members
from actions.roster_schemes import PostData, SchemeData, make_scheme
from actions.rosters import publish_roster, store_plan
from models.pinyin import initials_of
from models.roster import Duty, Roster
from models.staff import Person, Posting
from queries.roster_problem import problem_for_days
from rostering.planner import plan
from rules.roster_words import Pattern, RosterKind
from tests import factories, people
from tests.prints import work_through

SIX = ("甲一", "乙二", "丙三", "丁四", "戊五", "己六")
AUGUST = date(2026, 8, 1), date(2026, 8, 31)
EIGHT_THIRTY = time(8, 30)


def staff(session, names=SIX, unit="AL21"):
    """Ids of new people posted in a unit, in the order of the names."""
    ids = []
    for name in names:
        person = Person(name=name, initials=initials_of(name), telephone="0379-6000021")
        session.add(person)
        session.flush()
        session.add(
            Posting(
                person_id=person.id,
                unit_id=people.unit(session, unit).id,
                post="干部",
                from_date=date(2024, 1, 1),
            )
        )
        audit.record(session, actor=people.SYSTEM, now=people.NOW, action="person.add", subject=person)
        ids.append(person.id)
    session.flush()
    return ids


def posts(*names, need=1):
    return tuple(PostData(n, name, EIGHT_THIRTY, EIGHT_THIRTY, need) for n, name in enumerate(names))


def settings(session, unit="AL21", **values):
    plain = {
        "unit_id": people.unit(session, unit).id,
        "kind": RosterKind.DUTY,
        "name": "24小时值班",
        "pattern": Pattern.DAILY,
        "days": (),
        "puts_off": False,
        "rest_hours": 24,
        "most_in_row": 1,
        "place": "镇政府值班室",
        "telephone": "0379-6000020",
        "posts": posts("带班领导", "值班员"),
    }
    return SchemeData(**(plain | values))


def how(session, member=people.ZHAO):
    return {"actor": people.actor(session, member), "now": people.NOW}


def scheme(session, *, who=None, member=people.ZHAO, **values):
    """A rota with its people in all posts."""
    ids = staff(session) if who is None else who
    made = make_scheme(session, **how(session, member), today=people.TODAY, data=settings(session, **values))
    add_members(
        session,
        **how(session, member),
        today=people.TODAY,
        scheme=made,
        version=made.version,
        person_ids=ids,
    )
    return made


def planned(session, rota, first=AUGUST[0], last=AUGUST[1], member=people.ZHAO, key=""):
    """A draft as the planner leaves it."""
    answer = plan(problem_for_days(session, rota, first, last))
    return store_plan(
        session,
        **how(session, member),
        today=people.TODAY,
        scheme=rota,
        version=rota.version,
        first=first,
        last=last,
        answer=answer,
        submission_key=key,
    )


def published(session, rota, first=AUGUST[0], last=AUGUST[1], member=people.ZHAO):
    roster = planned(session, rota, first, last, member)
    publish(session, roster, member)
    return roster


def publish(session, roster, member=people.ZHAO):
    return publish_roster(
        session, **how(session, member), today=people.TODAY, roster=roster, version=roster.version
    )


def duties(session, roster):
    statement = select(Duty).where(Duty.roster_id == roster.id).order_by(Duty.day, Duty.post_id, Duty.seat)
    return list(session.scalars(statement))


def on_site(browser, *, publishes=True, first=AUGUST[0], last=date(2026, 8, 10), **values):
    """(scheme id, roster id) of a township's duty, straight into the database of a browser's site."""
    with browser.app.app_context(), factories.plain_session() as session:
        rota = scheme(session, **values)
        roster = planned(session, rota, first, last)
        if publishes:
            publish(session, roster)
        session.commit()
        return rota.id, roster.id


def scheme_on_site(browser, **values):
    with browser.app.app_context(), factories.plain_session() as session:
        rota = scheme(session, **values)
        session.commit()
        return rota.id


def stored(browser, model=Roster):
    with browser.app.app_context(), factories.plain_session() as session:
        return list(session.scalars(select(model).order_by(model.id)))


def made_by_the_worker(browser, answer):
    """The address of the roster that came of a plan, after the worker has done its jobs."""
    assert "/duty/roster/plans/" in answer.location
    work_through(browser.app)
    return browser.get(answer.location, status=303).location
