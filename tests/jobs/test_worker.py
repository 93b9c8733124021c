"""The worker: each job once, failures with a line to read, nothing lost when a worker dies."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from actions.chores import prune
from actions.jobs import claim, enqueue, hand_back_abandoned
from extensions import db
from jobs.registry import job, load_jobs
from jobs.timetable import NIGHTLY, due_chores, enqueue_due_chores, last_due
from jobs.worker import SecondWorker, Worker
from models.import_batch import Job
from models.sign_in import SignInAttempt, SignInSession
from rules.errors import RuleViolation
from tests import people
from web import clock
from web.unit_of_work import writing


def asked(app: Flask, kind: str, **arguments: object) -> int:
    with app.app_context(), writing() as session:
        return enqueue(session, now=people.NOW, kind=kind, arguments=arguments).id


def state(app: Flask, job_id: int) -> tuple[str, int, str]:
    with app.app_context():
        found = db.session.get_one(Job, job_id)
        return found.state, found.attempts, found.error


def worked(app: Flask, works: dict) -> bool:
    worker = Worker(app, works)
    worker.stop.set()  # no pauses
    with app.app_context():
        return worker.run_one()


def test_the_oldest_waiting_job_is_done_with_its_arguments(both):
    seen = []
    first, second = asked(both, "note", text="甲"), asked(both, "note", text="乙")
    works = {"note": lambda text: seen.append(text)}
    assert worked(both, works)
    assert seen == ["甲"]
    assert (state(both, first), state(both, second)) == (("done", 1, ""), ("waiting", 0, ""))
    assert worked(both, works)
    assert not worked(both, works)
    assert seen == ["甲", "乙"]


def test_a_refusal_is_kept_in_its_own_words(both):
    def refuse() -> None:
        raise RuleViolation("第 3 行的日期不对。")

    number = asked(both, "refuse")
    worked(both, {"refuse": refuse})
    assert state(both, number) == ("failed", 1, "第 3 行的日期不对。")


def test_a_bug_fails_the_job_and_the_worker_goes_on(both):
    broken, sound = asked(both, "broken"), asked(both, "sound")
    works = {"broken": lambda: 1 / 0, "sound": lambda: None}
    worked(both, works)
    worked(both, works)
    assert state(both, broken) == ("failed", 1, "没有做完：ZeroDivisionError，详见服务器日志。")
    assert state(both, sound)[0] == "done"


def test_what_a_failed_job_wrote_is_rolled_back(both):
    def write_and_break() -> None:
        with writing() as session:
            enqueue(session, now=people.NOW, kind="half")
            raise ZeroDivisionError

    asked(both, "write")
    worked(both, {"write": write_and_break})
    with both.app_context():
        assert db.session.scalars(select(Job.kind)).all() == ["write"]


def test_an_unknown_kind_fails_clearly(both):
    number = asked(both, "from.tomorrow")
    worked(both, {})
    assert state(both, number) == ("failed", 1, "这个版本不认识后台任务“from.tomorrow”。")


def test_a_busy_database_is_tried_three_times(both):
    def busy() -> None:
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    number = asked(both, "busy")
    states = []
    for _ in range(3):
        worked(both, {"busy": busy})
        states.append(state(both, number)[:2])
    assert states == [("waiting", 1), ("waiting", 2), ("failed", 3)]


def test_a_job_left_running_by_a_dead_worker_waits_again_three_times_at_most(both):
    number = asked(both, "long")
    states = []
    for _ in range(3):
        with both.app_context(), writing() as session:
            assert claim(session, now=people.NOW).id == number
        with both.app_context(), writing() as session:
            assert hand_back_abandoned(session, now=people.NOW) == 1
        states.append(state(both, number))
    assert [s[:2] for s in states] == [("waiting", 1), ("waiting", 2), ("failed", 3)]
    assert states[2][2] == "后台进程中断，没有做完。"


def test_a_site_has_one_worker(site):
    first, second = Worker(site, {}), Worker(site, {})

    def start_another() -> None:
        with pytest.raises(SecondWorker):
            second.run()
        first.stop.set()

    asked(site, "start")
    first.works["start"] = start_another
    first.run()
    assert first.stop.is_set()


def test_two_functions_cannot_share_a_kind():
    @job("tests.only")
    def one() -> None: ...

    def two() -> None: ...

    two.__module__ = "elsewhere"
    with pytest.raises(ValueError, match=r"tests\.only"):
        job("tests.only")(two)


def test_every_chore_of_the_timetable_has_its_function():
    assert NIGHTLY.keys() <= load_jobs().keys()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 7, 15, 2, 30), datetime(2026, 7, 14, 18, 10)),  # 10:30 on the 15th: 02:10 that day
        (datetime(2026, 7, 14, 18, 10), datetime(2026, 7, 14, 18, 10)),  # 02:10 sharp
        (datetime(2026, 7, 14, 18, 9), datetime(2026, 7, 13, 18, 10)),  # 02:09: the night before
    ],
)
def test_a_chore_was_last_due_at_its_hour_on_the_office_clock(now, due):
    assert last_due(NIGHTLY["chore.backup"], now) == due


def test_chores_are_asked_for_once_a_night_and_made_up_for_once(both):
    with both.app_context():
        enqueue_due_chores()
        assert due_chores(clock.now()) == []
        assert due_chores(datetime(2026, 7, 15, 17, 59)) == []  # 01:59 on the 16th
        assert due_chores(datetime(2026, 7, 15, 18, 5)) == ["chore.anchor"]  # 02:05
        assert len(due_chores(datetime(2026, 7, 20, 2, 0))) == len(NIGHTLY)
        enqueue_due_chores()
        assert db.session.query(Job).count() == len(NIGHTLY)


def test_expired_sessions_go_after_30_days_and_the_history_of_sign_ins_stays_over_a_year(both):
    def signed_in(session, day: datetime) -> None:
        account = people.actor(session, people.LIN).account_id
        session.add(
            SignInSession(
                token_digest=day.isoformat(),
                account_id=account,
                started_at=day,
                last_seen_at=day,
                address="10.0.0.8",
            )
        )
        session.add(SignInAttempt(at=day, account_id=account, outcome="ok", address="10.0.0.8"))

    with both.app_context():
        with writing() as session:
            for day in (datetime(2025, 6, 1), datetime(2026, 6, 1), datetime(2026, 7, 1)):
                signed_in(session, day)
        with writing() as session:
            assert prune(session, now=people.NOW) == 3
        assert db.session.scalars(select(SignInSession.last_seen_at)).all() == [datetime(2026, 7, 1)]
        assert db.session.scalars(select(SignInAttempt.at).order_by(SignInAttempt.at)).all() == [
            datetime(2026, 6, 1),
            datetime(2026, 7, 1),
        ]
