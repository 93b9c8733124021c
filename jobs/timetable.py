"""When chores are due. That a chore was started is told by its own job row; nothing else is remembered."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from actions.jobs import enqueue
from extensions import db
from models.import_batch import Job
from web import clock
from web.unit_of_work import writing

NIGHTLY: dict[str, time] = {
    "chore.anchor": time(2, 0),
    "chore.backup": time(2, 10),
    "chore.prune": time(2, 40),
    "chore.deadlines": time(2, 42),
    "chore.attachments": time(2, 45),
    "chore.search": time(2, 47),
    "import.sweep": time(2, 50),
    "print.sweep": time(2, 55),
    "roster.sweep": time(2, 57),
    "chore.planner": time(3, 0),
}
"""Kind → the office's wall clock. After an outage a chore is made up for once, at the next start."""


AFTER_BREAKING = ("print.sweep", "roster.sweep")
"""Chores that tell people at once, not only at night, that their work ended with a worker that died."""


def last_due(at: time, now: datetime) -> datetime:
    """The latest moment (naive UTC) not after `now` at which a nightly chore was due."""
    local = clock.local(now)
    due = datetime.combine(local.date(), at)
    if due > local:
        due -= timedelta(days=1)
    return due - clock.OFFICE_OFFSET


def due_chores(now: datetime) -> list[str]:
    """Kinds whose last due moment has passed without a job row. A query only."""
    due = {kind: last_due(at, now) for kind, at in NIGHTLY.items()}
    begun = select(Job.kind, Job.created_at).where(Job.kind.in_(due), Job.created_at >= min(due.values()))
    latest = {kind: created for kind, created in db.session.execute(begun.order_by(Job.id))}
    return [kind for kind, moment in due.items() if kind not in latest or latest[kind] < moment]


def enqueue_due_chores() -> None:
    now = clock.now()
    kinds = due_chores(now)
    db.session.rollback()
    if kinds:
        with writing() as session:
            for kind in kinds:
                enqueue(session, now=now, kind=kind)
