"""Saving visits through the action that the form calls: one at a time, and 32 clerks at once."""

import threading
import time
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select

from actions.contacts import ContactData
from actions.visits import VisitData, register_visit
from benchmarks.measure import Times, times_of
from benchmarks.people import actor
from extensions import db
from models.category import Category
from models.visit import Visit
from rules.roles import Actor
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from web import clock
from web.unit_of_work import writing

ALONE, THREADS, EACH = 300, 32, 25
SAVE_GOAL, CROWD_GOAL = 15.0, 500.0
_MARK = "测速登记"


@dataclass(frozen=True)
class Crowd:
    times: Times
    errors: int
    lost: int
    """Saves that were acknowledged and are not there, or there twice."""
    seconds: float


def save_one(who: Actor, category_id: int, place: str) -> int:
    """A durable save as the form makes it; returns the visit's id."""
    assert who.unit_id is not None
    data = VisitData(
        unit_id=who.unit_id, visit_date=clock.today(), reception_type=ReceptionType.DAILY, persons=1,
        visit_kind=VisitKind.FIRST, category_id=category_id, purpose=Purpose.REQUEST, outcome=Outcome.EXPLAINED,
        content="来访人反映小区电梯经常停运，物业维修不及时，要求检修。", place=place, receptionist=who.name,
        contacts=(ContactData("周大山", "柏湾镇一组", "", "15400000000"),),
    )  # fmt: skip
    with writing() as session:
        return register_visit(session, actor=who, now=clock.now(), today=clock.today(), data=data).id


def measure_alone(app: Flask) -> Times:
    with app.app_context():
        who, category_id = _who(1), _category()
        for _ in range(20):
            save_one(who, category_id, _MARK)
        return times_of(lambda _i: save_one(who, category_id, _MARK), ALONE)


def measure_crowd(app: Flask) -> Crowd:
    """32 threads, 25 saves each without a pause, of 32 clerks."""
    with app.app_context():
        clerks, category_id = [_who(n) for n in range(1, THREADS + 1)], _category()
    times: list[float] = []
    ids: list[int] = []
    errors: list[BaseException] = []
    together = threading.Barrier(THREADS)
    mark = f"{_MARK}{time.monotonic_ns()}"

    def work(who: Actor) -> None:
        together.wait()
        for _ in range(EACH):
            with app.app_context():
                started = time.perf_counter()
                try:
                    ids.append(save_one(who, category_id, mark))
                except Exception as error:  # noqa: BLE001
                    errors.append(error)
                times.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=work, args=(who,)) for who in clerks]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    with app.app_context():
        stored = db.session.scalar(select(func.count(Visit.id)).where(Visit.place == mark))
    return Crowd(
        Times(tuple(times)), len(errors), abs(len(ids) - (stored or 0)) + len(ids) - len(set(ids)), seconds
    )


def _who(number: int) -> Actor:
    return actor(db.session(), f"clerk{number}")


def _category() -> int:
    found = db.session.scalar(select(Category.id).where(Category.code == "1102"))
    assert found is not None
    return found
