"""Work for the worker process: asking for it, claiming it, saying how it ended.

A job row is committed together with what caused it, so that no work is lost or done for nothing.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.import_batch import Job

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
MOST_ATTEMPTS = 3


def enqueue(session: Session, *, now: datetime, kind: str, arguments: dict[str, Any] | None = None) -> Job:
    """Ask for work of a kind that `jobs.registry` knows; `arguments` are plain JSON values, passed by keyword."""
    job = Job(
        kind=kind, arguments=json.dumps(arguments or {}, ensure_ascii=False), state=WAITING, created_at=now
    )
    session.add(job)
    session.flush()
    return job


def claim(session: Session, *, now: datetime) -> Job | None:
    """The oldest waiting job, now running; None when nothing waits."""
    job = session.scalars(select(Job).where(Job.state == WAITING).order_by(Job.id).limit(1)).first()
    if job is not None:
        job.state, job.started_at, job.attempts = RUNNING, now, job.attempts + 1
        session.flush()
    return job


def finish(session: Session, *, now: datetime, job_id: int, error: str = "") -> None:
    """Done, or failed with one line that a person can read."""
    job = session.get_one(Job, job_id)
    job.state, job.finished_at, job.error = FAILED if error else DONE, now, error[:400]
    session.flush()


def hand_back(session: Session, *, now: datetime, job_id: int, error: str) -> None:
    """Let it be tried again, at most MOST_ATTEMPTS times in all."""
    job = session.get_one(Job, job_id)
    if job.attempts >= MOST_ATTEMPTS:
        finish(session, now=now, job_id=job_id, error=error)
        return
    job.state, job.error = WAITING, error[:400]
    session.flush()


def may_run_again(session: Session, kind: str, arguments: dict[str, Any]) -> bool:
    """Whether such a job waits, or is at work and will be tried again when it fails."""
    again = or_(Job.state == WAITING, (Job.state == RUNNING) & (Job.attempts < MOST_ATTEMPTS))
    found = select(Job.id).where(
        Job.kind == kind, Job.arguments == json.dumps(arguments, ensure_ascii=False), again
    )
    return session.scalar(found.limit(1)) is not None


def hand_back_abandoned(session: Session, *, now: datetime) -> int:
    """Jobs that a worker left running when it died. Only the one worker may call this, before it begins."""
    abandoned = list(session.scalars(select(Job.id).where(Job.state == RUNNING)))
    for job_id in abandoned:
        hand_back(session, now=now, job_id=job_id, error="后台进程中断，没有做完。")
    return len(abandoned)
