"""Long prints by the worker: whole after any crash, gone when cancelled, nothing for who may not read it any more."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import jobs.worker
from actions.paper_pages import issue_pages
from actions.print_orders import cancel_print
from documents.render_process import RenderingFailed
from extensions import db
from jobs.worker import Worker
from models.print_order import PrintOrder
from models.staff import Account
from queries.print_orders import load_order
from tests import factories, people
from tests.documents.pdf_reading import pages_of
from tests.prints import (
    add_visits,
    do_jobs,
    jobs_done,
    order_now,
    shorten_prints,
    stopped_worker,
    work_through,
)
from web import clock
from web.prints import steps
from web.prints.at_once import order_in_background, print_at_once
from web.prints.kinds import PRINTS
from web.unit_of_work import writing


class Killed(BaseException):
    """The worker's process is gone."""


@pytest.fixture(autouse=True)
def short_slices(monkeypatch):
    shorten_prints(monkeypatch, at_a_time=40)


def ordered(app, member=people.LIN, kind="visits", **arguments) -> int:
    with app.app_context():
        return order_in_background(people.actor(db.session(), member), kind, arguments).id


def files_of(app) -> set[str]:
    return {path.name for path in (Path(app.config["INSTANCE_DIR"]) / "prints").iterdir()}


def finished(app, order_id) -> bytes:
    return (Path(app.config["INSTANCE_DIR"]) / "prints" / f"{order_id}.pdf").read_bytes()


def in_one_piece(app, member=people.LIN) -> bytes:
    with app.app_context():
        return print_at_once(db.session(), people.actor(db.session(), member), PRINTS["visits"], {})


def killed_once(monkeypatch, owner, name):
    """The next call of it never happens; those after it do."""
    real = getattr(owner, name)

    def die(*_args, **_options):
        monkeypatch.setattr(owner, name, real)
        raise Killed

    monkeypatch.setattr(owner, name, die)


def die_and_start_again(app):
    with pytest.raises(Killed):
        work_through(app)
    stopped_worker(app)._in_context(Worker._take_over)


def test_it_is_page_by_page_what_is_printed_in_one_piece(both):
    add_visits(both, 100)
    order_id = ordered(both)
    work_through(both)
    order, printed = order_now(both, order_id), pages_of(finished(both, order_id))
    assert printed == pages_of(in_one_piece(both))
    assert (order.state, order.pieces, order.pieces_done, order.pages) == ("done", 100, 100, len(printed))
    for number, text in enumerate(printed, 1):
        assert f"第{number}页共{len(printed)}页" in text
    assert all("".join(printed).count(f"LF-AL21-2026-7{n:04d}") == 1 for n in range(1, 101))
    assert files_of(both) == {f"{order_id}.pdf"}
    assert order.file_size == len(finished(both, order_id))


def test_names_are_masked_as_in_the_list(both):
    add_visits(both, 3)
    order_id = ordered(both, people.WU)
    work_through(both)
    text = "".join(pages_of(finished(both, order_id)))
    assert "周大山" not in text
    assert text.count("周**") == 3


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (steps, "note_gathered", 0),
        (steps, "note_slice", 1),
        (steps, "note_slice", 2),
        (steps, "finish_print", 0),
        (jobs.worker, "finish", 2),
    ],
)
def test_a_crash_between_steps_gives_one_whole_file(both, monkeypatch, owner, name, after):
    add_visits(both, 100)
    order_id = ordered(both)
    do_jobs(both, after)
    killed_once(monkeypatch, owner, name)
    die_and_start_again(both)
    work_through(both)
    assert order_now(both, order_id).state == "done"
    assert pages_of(finished(both, order_id)) == pages_of(in_one_piece(both))
    assert files_of(both) == {f"{order_id}.pdf"}


def test_who_waits_is_told_when_the_worker_died_three_times(both, monkeypatch):
    add_visits(both, 3)
    order_id = ordered(both)
    for _ in range(3):
        killed_once(monkeypatch, steps, "note_gathered")
        die_and_start_again(both)
    work_through(both)
    assert (order_now(both, order_id).state, order_now(both, order_id).error) == ("failed", steps.INTERRUPTED)
    assert files_of(both) == set()


def test_progress_only_grows(both):
    add_visits(both, 100)
    order_id = ordered(both)
    seen = [
        (order.step, order.pieces_done, order.pages)
        for order in (order_now(both, order_id) for _ in jobs_done(both))
    ]
    for one, next_ in zip(seen, seen[1:], strict=False):
        assert all(a <= b for a, b in zip(one, next_, strict=True))
    assert [step for step, _done, _pages in seen[:3]] == [1, 2, 3]
    assert seen[-1][1] == 100


def test_cancelled_between_slices_it_leaves_nothing(both):
    add_visits(both, 100)
    order_id = ordered(both)
    do_jobs(both, 2)
    assert order_now(both, order_id).pieces_done > 0
    with both.app_context():
        lin = people.actor(db.session(), people.LIN)
        with writing() as session:
            cancel_print(session, actor=lin, now=clock.now(), order=load_order(session, lin, order_id))
    work_through(both)
    assert order_now(both, order_id).state == "cancelled"
    assert files_of(both) == set()


def test_cancelled_while_it_is_joined_it_has_no_file(both, monkeypatch):
    add_visits(both, 3)
    order_id = ordered(both)
    real = steps.render

    def cancelled_meanwhile(function, *args, **options):
        with factories.plain_session() as session:
            session.get_one(PrintOrder, order_id).state = "cancelled"
            session.commit()
        return real(function, *args, **options)

    do_jobs(both, 2)
    monkeypatch.setattr(steps, "render", cancelled_meanwhile)
    work_through(both)
    assert order_now(both, order_id).state == "cancelled"
    assert files_of(both) == set()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"role": None}, "下单的账号已停用，或不再有查看的权限，已停止打印。"),
        ({"role": "sysadmin"}, "下单的账号已停用，或不再有查看的权限，已停止打印。"),
        ({"role": "village"}, steps.MOVED),
    ],
)
def test_who_lost_the_role_meanwhile_gets_no_file(both, change, reason):
    add_visits(both, 100)
    order_id = ordered(both)
    do_jobs(both, 2)
    with both.app_context(), factories.plain_session() as session:
        account = session.scalars(select(Account).where(Account.username == "lin")).one()
        for name, value in change.items():
            setattr(account, name, value)
        session.commit()
    work_through(both)
    assert (order_now(both, order_id).state, order_now(both, order_id).error) == ("failed", reason)
    assert files_of(both) == set()


def test_what_cannot_be_drawn_fails_in_words(both, monkeypatch):
    add_visits(both, 3)
    order_id = ordered(both)

    def fail(*_args, **_options):
        raise RenderingFailed

    monkeypatch.setattr(steps, "render", fail)
    work_through(both)
    assert order_now(both, order_id).error.startswith("文件未能生成，请稍后再试")
    assert files_of(both) == set()


def test_work_lost_with_a_restored_backup_is_told(both):
    add_visits(both, 3)
    order_id = ordered(both)
    do_jobs(both, 1)
    with both.app_context():
        steps.files.drop_work(order_id)
    work_through(both)
    assert order_now(both, order_id).error == steps.LOST


def test_an_expired_file_is_swept_and_later_its_row(both):
    add_visits(both, 3)
    order_id = ordered(both)
    work_through(both)
    sweep = stopped_worker(both).works["print.sweep"]
    for days, files, rows in ((6, {f"{order_id}.pdf"}, 1), (7, set(), 1), (91, set(), 0)):
        with clock.frozen(people.NOW + timedelta(days=days)), both.app_context():
            sweep()
            assert (files_of(both), len(db.session.scalars(select(PrintOrder.id)).all())) == (files, rows)


def test_a_long_blank_register_is_printed_too(both):
    with both.test_request_context():
        lin = people.actor(db.session(), people.LIN)
        with writing() as session:
            pages = issue_pages(
                session, actor=lin, now=people.NOW, year=2026, unit=people.unit(session, "AL21"), count=50, lines=8
            )  # fmt: skip
            first = pages[0].id
        order_id = order_in_background(lin, "blank-register", {"first": str(first), "count": "50"}).id
    work_through(both)
    printed = pages_of(finished(both, order_id))
    assert len(printed) == 50
    assert all(f"AL21-2026-{n:03d}" in text for n, text in enumerate(printed, 1))
