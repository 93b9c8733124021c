"""A site whose long prints are short, and a worker that goes on job by job."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Flask

from extensions import db
from jobs.worker import Worker
from models.print_order import PrintOrder
from tests import factories
from web.prints.kinds import PRINTS


def shorten_prints(monkeypatch, **values: int) -> None:
    """`shorten_prints(monkeypatch, at_once=2, at_a_time=40)` for every kind."""
    for name, kind in list(PRINTS.items()):
        monkeypatch.setitem(PRINTS, name, replace(kind, **values))


def add_visits(app: Flask, count: int, unit: str = "AL21") -> None:
    with app.app_context(), factories.plain_session() as session:
        for number in range(1, count + 1):
            factories.visit(session, unit, number=f"LF-{unit}-2026-7{number:04d}", names=("周大山",))
        session.commit()


def stopped_worker(app: Flask) -> Worker:
    """It makes no pauses."""
    worker = Worker(app)
    worker.stop.set()
    return worker


def jobs_done(app: Flask) -> Iterator[None]:
    """Does one job for each turn of a loop, until none waits."""
    worker = stopped_worker(app)
    while worker._in_context(worker.run_one):
        yield


def work_through(app: Flask) -> int:
    return sum(1 for _ in jobs_done(app))


def order_now(app: Flask, order_id: int) -> PrintOrder:
    with app.app_context():
        order = db.session.get_one(PrintOrder, order_id)
        db.session.expunge(order)
        return order


def do_jobs(app: Flask, count: int) -> None:
    worker = stopped_worker(app)
    for _ in range(count):
        assert worker._in_context(worker.run_one), "no job waits"
