"""The worker: takes one waiting job after another, and starts the chores when their hour has come."""

import fcntl
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from actions.jobs import WAITING, claim, enqueue, finish, hand_back, hand_back_abandoned
from extensions import db
from jobs.registry import Work, load_jobs
from jobs.timetable import AFTER_BREAKING, enqueue_due_chores
from models.import_batch import Job
from models.write_turn import WriteTurnTimeout
from rules.errors import RuleViolation
from web import clock
from web.unit_of_work import writing

PAUSE_SECONDS = 1.0
CLOCK_SECONDS = 60.0
_MAY_PASS = (OperationalError, WriteTurnTimeout)
"""The database was busy, full or away: worth another try."""


class SecondWorker(RuntimeError):
    """Another worker is at work for this site."""


class Worker:
    """One site's worker. `run` returns when `stop` is set."""

    def __init__(self, app: Flask, works: dict[str, Work] | None = None) -> None:
        self.app = app
        self.works = load_jobs() if works is None else works
        self.stop = threading.Event()

    def run(self) -> None:
        """Raises SecondWorker."""
        lock = _only_worker(Path(str(self.app.config["INSTANCE_DIR"])))
        try:
            self._in_context(self._take_over)
            self._loop()
        finally:
            os.close(lock)

    def _loop(self) -> None:
        until_clock = 0.0
        while not self.stop.is_set():
            if until_clock <= 0:
                self._in_context(enqueue_due_chores)
                until_clock = CLOCK_SECONDS
            if not self._in_context(self.run_one):
                self.stop.wait(PAUSE_SECONDS)
                until_clock -= PAUSE_SECONDS
            else:
                until_clock = 0.0

    def _in_context(self, step: Callable[[], Any]) -> bool:
        """Whatever goes wrong between jobs (disk full, database away) is logged, and tried again after a pause."""
        with self.app.app_context():
            try:
                return bool(step())
            except Exception:
                self.app.logger.exception("worker: cannot go on, trying again")
                return False

    @staticmethod
    def _take_over() -> None:
        with writing() as session:
            now = clock.now()
            for kind in AFTER_BREAKING if hand_back_abandoned(session, now=now) else ():
                enqueue(session, now=now, kind=kind)

    def run_one(self) -> bool:
        """Do the oldest waiting job. Returns whether there was one."""
        waits = db.session.scalar(select(Job.id).where(Job.state == WAITING).limit(1))
        db.session.rollback()
        if waits is None:
            return False
        with writing() as session:
            claimed = claim(session, now=clock.now())
            job = (claimed.id, claimed.kind, claimed.arguments) if claimed else None
        if job:
            self._do(*job)
        return job is not None

    def _do(self, job_id: int, kind: str, arguments: str) -> None:
        self.app.logger.info("worker: job %s %s", job_id, kind)
        try:
            work = self.works.get(kind)
            if work is None:
                raise RuleViolation(f"这个版本不认识后台任务“{kind}”。")
            with self.app.app_context():
                work(**json.loads(arguments))
        except RuleViolation as violation:
            self._end(job_id, violation.message)
        except _MAY_PASS as error:
            self.app.logger.exception("worker: job %s %s", job_id, kind)
            self.stop.wait(PAUSE_SECONDS)
            with writing() as session:
                hand_back(
                    session,
                    now=clock.now(),
                    job_id=job_id,
                    error=f"数据库暂时不能写入（{type(error).__name__}）。",
                )
        except Exception as error:
            self.app.logger.exception("worker: job %s %s", job_id, kind)
            self._end(job_id, f"没有做完：{type(error).__name__}，详见服务器日志。")
        else:
            self._end(job_id, "")

    @staticmethod
    def _end(job_id: int, error: str) -> None:
        with writing() as session:
            finish(session, now=clock.now(), job_id=job_id, error=error)


def _only_worker(instance_dir: Path) -> int:
    descriptor = os.open(instance_dir / "worker.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise SecondWorker from None
    return descriptor
