"""Writers are served one after another, in the order they came, across threads and processes; nothing is lost."""

import fcntl
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from config import ROOT
from extensions import db
from models.engine import NestedWrite, begin_writing
from models.keys import load_or_make_keys
from models.visit import SerialCounter
from models.write_turn import NEXT_WRITER, FifoLock, WriteTurn, WriteTurnTimeout
from tests import people
from web.unit_of_work import writing

THREADS, TIMES = 32, 5


def test_waiters_are_served_in_the_order_they_came():
    lock, served = FifoLock(), []
    lock.acquire(1)
    waiters = []
    for number in range(10):
        waiters.append(
            threading.Thread(target=lambda n=number: (lock.acquire(30), served.append(n), lock.release()))
        )
        waiters[-1].start()
        while len(lock._waiting) <= number:
            threading.Event().wait(0.001)
    lock.release()
    for waiter in waiters:
        waiter.join()
    assert served == list(range(10))


def test_a_waiter_that_gives_up_does_not_hold_up_the_next():
    lock = FifoLock()
    lock.acquire(1)
    with pytest.raises(WriteTurnTimeout):
        lock.acquire(0.01)
    lock.release()
    lock.acquire(1)


HOLDING = """
import sys
from pathlib import Path
from models.write_turn import WriteTurn
WriteTurn(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_process_that_keeps_the_turn_for_ever_is_not_waited_for_for_ever(tmp_path):
    lock_file = tmp_path / "write.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(lock_file)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    turn = WriteTurn(lock_file, timeout_seconds=0.05)
    for _ in range(2):
        with pytest.raises(WriteTurnTimeout, match="another process"):
            turn.take()
    holder.communicate()
    turn.take()
    turn.give_back()


def test_a_process_that_writes_again_at_once_does_not_come_before_one_that_waits(tmp_path):
    importing, clerk = (WriteTurn(tmp_path / "write.lock", timeout_seconds=30) for _ in range(2))
    served = []

    def save() -> None:
        clerk.take()
        served.append("clerk")
        clerk.give_back()

    importing.take()
    waiting = threading.Thread(target=save)
    waiting.start()
    wait_until_somebody_stands_in(tmp_path / NEXT_WRITER)
    importing.give_back()
    importing.take()
    served.append("import")
    importing.give_back()
    waiting.join()
    assert served == ["clerk", "import"]


def wait_until_somebody_stands_in(doorway: Path) -> None:
    with doorway.open("a") as file, suppress(BlockingIOError):
        while True:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(file, fcntl.LOCK_UN)
            threading.Event().wait(0.001)


def increment(app: Flask, unit_id: int) -> None:
    """Read in Python, add one, write: what loses updates without turns."""
    with app.app_context(), writing() as session:
        counter = session.get_one(SerialCounter, {"unit_id": unit_id, "kind": "XX", "year": 2026})
        counter.last = counter.last + 1


def test_32_writers_lose_no_update(both):
    with both.app_context(), writing() as session:
        unit_id = people.unit(session, "AL21").id
        session.add(SerialCounter(unit_id=unit_id, kind="XX", year=2026, last=0))
    errors = []

    def write() -> None:
        for _ in range(TIMES):
            try:
                increment(both, unit_id)
            except Exception as error:
                errors.append(error)

    writers = [threading.Thread(target=write) for _ in range(THREADS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    with both.app_context():
        assert (
            db.session.scalar(select(SerialCounter.last).where(SerialCounter.kind == "XX")) == THREADS * TIMES
        )


def test_a_unit_of_work_inside_another_is_refused(both):
    with both.app_context(), writing() as session, pytest.raises(NestedWrite):
        begin_writing(session)


def test_after_a_refused_one_the_next_may_write(both):
    with both.app_context():
        with pytest.raises(ZeroDivisionError), writing():
            raise ZeroDivisionError
        with writing() as session:
            session.add(SerialCounter(unit_id=people.unit(session, "AL21").id, kind="XX", year=2026, last=7))
    with both.app_context():
        assert db.session.scalar(select(SerialCounter.last).where(SerialCounter.kind == "XX")) == 7


KILLED = """
import os, sys
from app import create_app
from extensions import db
from models.engine import begin_writing
app = create_app()
with app.app_context():
    session = db.session()
    begin_writing(session)
    session.execute(db.text("UPDATE category SET name = name || '?'"))
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def test_a_writer_killed_in_the_middle_leaves_the_turn_free_and_the_file_whole(site):
    directory = site.config["INSTANCE_DIR"]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=ROOT, env=os.environ | {"INSTANCE_DIR": directory, "DATABASE_URL": ""},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "in the middle\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    turn = WriteTurn(Path(directory) / "write.lock", timeout_seconds=5)
    turn.take()
    turn.give_back()
    with site.app_context():
        with writing() as session:
            session.add(SerialCounter(unit_id=people.unit(session, "AL21").id, kind="XX", year=2026, last=1))
        assert db.session.execute(db.text("PRAGMA integrity_check")).scalar() == "ok"
        assert not db.session.execute(db.text("SELECT 1 FROM category WHERE name LIKE '%?'")).first()


def _first_key(directory: str, barrier, out) -> None:
    barrier.wait()
    out.put(load_or_make_keys(Path(directory)).session)


def test_eight_processes_that_start_at_once_agree_on_one_secret(tmp_path):
    context = multiprocessing.get_context("fork")
    for attempt in range(5):
        directory = tmp_path / f"site{attempt}"
        barrier, out = context.Barrier(8), context.Queue()
        processes = [
            context.Process(target=_first_key, args=(str(directory), barrier, out)) for _ in range(8)
        ]
        for process in processes:
            process.start()
        keys = {out.get(timeout=30) for _ in processes}
        for process in processes:
            process.join()
        assert len(keys) == 1
        assert [p.name for p in directory.iterdir()] == ["secrets.json"]
        assert (directory / "secrets.json").stat().st_mode & 0o777 == 0o600
        assert json.loads((directory / "secrets.json").read_text())["session"] in keys


def test_the_site_writes_with_a_safe_sqlite_in_the_durable_mode(tmp_path):
    site = create_app({"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": ""})
    with site.app_context():
        pragma = {
            name: db.session.execute(db.text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        version = db.session.execute(db.text("SELECT sqlite_version()")).scalar()
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)
