"""`python -m benchmarks.petition_deadlines [--work DIR] [--only sqlite|postgresql] [--petitions N]`

Fills a small county with open petitions, by bulk, and measures the nightly sweep and the preview of a new calendar on
each database. PostgreSQL needs TEST_POSTGRESQL_URL. Goal: each within ten seconds at 20,000 open petitions.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from actions.deadline_sweep import sweep_deadlines
from actions.petition_deadlines import deadline_rows, next_due
from actions.petition_terms import apply_proposal
from app import create_app
from benchmarks.machine import database, machine
from benchmarks.report import MET, MISSED
from commands.console import console_actor
from extensions import db
from models.base import new_uid
from models.category import Category
from models.deadline import CalendarYear, Deadline
from models.organisation import Unit
from models.petition import Petition
from queries.deadline_moves import count_moves, move_rows, moves_under, visible_moves
from queries.terms import shipped_calendar, terms_of
from queries.terms_proposals import proposed_terms
from rules.calendar_sheet_out import calendar_csv
from rules.petition_clocks import PetitionFacts
from rules.petition_words import Acceptance, HandlingClass
from rules.roles import Actor, Role
from rules.taxonomy import UnitCategory
from rules.terms_proposal import YearProposal
from rules.work_calendar import CalendarYear as Year
from rules.work_calendar import DayKind, SpecialDay
from web import clock
from web.unit_of_work import writing

SQLITE, POSTGRESQL = "sqlite", "postgresql"
PETITIONS, UNITS, GOAL_SECONDS = 20_000, 60, 10.0
_DATABASE = "xinfang_deadline_benchmark"
_AT_ONCE = 1000


def main() -> None:
    options = _options()
    print("\n".join(f"* {line}" for line in machine()))
    for kind in (SQLITE, POSTGRESQL):
        if options.only in ("", kind):
            print("\n".join(measure_deadlines(kind, Path(options.work), options.petitions)))


def measure_deadlines(kind: str, work: Path, petitions: int = PETITIONS) -> list[str]:
    """The nightly sweep and the preview of a calendar over open petitions, as lines of a page; `kind` in small letters."""
    return _measure(_open(kind, work), petitions)


def next_year_file(calendar_years: tuple[Year, ...]) -> str:
    """The year after the last that is shipped, with the same days off: made up, for measuring only."""
    last = max(calendar_years, key=lambda year: year.year)
    off = (special for special in last.days if special.kind is DayKind.OFF and special.day.year == last.year)
    moved = (SpecialDay(s.day.replace(year=last.year + 1), s.kind, s.name, s.notice) for s in off)
    return calendar_csv(Year(last.year + 1, tuple(moved)))


def _measure(app: Flask, petitions: int) -> list[str]:
    with app.app_context():
        session = db.session()
        _fill(session, petitions)
        session.rollback()  # what was read before the filling
        clocks = session.scalar(select(func.count()).select_from(Deadline))
        lines = [f"{database(app)}; {petitions:,} open petitions, {clocks:,} clocks.", ""]
        lines += [f"| what | seconds | goal {GOAL_SECONDS:.0f} s met | found |", "|---|---:|---|---|"]
        proposal = YearProposal(next_year_file(shipped_calendar().years))
        lines.append(
            _told("preview of a calendar, with counts and one page", lambda: _preview(session, proposal))
        )
        lines.append(_told("the same, the whole list", lambda: _preview(session, proposal, whole=True)))
        lines.append(_told("sweep, nothing to do", lambda: _undone(lambda turn: _sweep(turn))))
        lines.append(
            _told("sweep after a calendar came", lambda: _undone(lambda turn: _sweep(turn, proposal)))
        )
        lines.append(_told("applying the calendar", lambda: _undone(lambda turn: _apply(turn, proposal))))
    return lines


def _told(what: str, work: Callable[[], object]) -> str:
    started = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - started
    return f"| {what} | {seconds:.2f} | {MET if seconds <= GOAL_SECONDS else MISSED} | {found} |"


class _Undo(Exception):
    """Ends a unit of work without keeping it."""


def _undone(work: Callable[[Session], object]) -> object:
    """So that one filling serves all measurements."""
    found: list[object] = []
    try:
        with writing() as session:
            found.append(work(session))
            session.flush()
            raise _Undo
    except _Undo:
        return found[0]


def _preview(session: Session, proposal: YearProposal, *, whole: bool = False) -> str:
    moves = moves_under(session, proposed_terms(session, proposal, clock.today()))
    seen = visible_moves(session, _director(session), moves)
    rows = move_rows(session, seen if whole else seen[:50])
    return f"{len(moves):,} moves, {len(count_moves(session, moves))} counts, {len(rows):,} rows"


def _sweep(session: Session, came: YearProposal | None = None) -> str:
    if came is not None:
        year = max(y.year for y in shipped_calendar().years) + 1
        session.add(CalendarYear(year=year, notice="", loaded_at=clock.now(), days=came.text))
        session.flush()
    found = sweep_deadlines(session, actor=console_actor(), now=clock.now(), today=clock.today())
    return f"{found.clocks:,} clocks, {found.petitions:,} petitions"


def _apply(session: Session, proposal: YearProposal) -> str:
    done = apply_proposal(
        session, actor=console_actor(), now=clock.now(), today=clock.today(), proposal=proposal
    )
    return f"{done.moved:,} clocks"


def _director(session: Session) -> Actor:
    office = session.scalars(select(Unit).where(Unit.category == UnitCategory.BUREAU.value)).first()
    assert office is not None
    path = office.path.removesuffix(f"{office.id}/")
    return Actor(None, None, "局长", Role.DIRECTOR, office.id, office.path, path)


def _fill(session: Session, petitions: int) -> None:
    """Once in a working directory."""
    if session.scalar(select(func.count()).select_from(Petition)):
        return
    with Session(db.engine) as plain, plain.begin():
        unit_ids = _units(plain)
        category_id = plain.scalars(select(Category.id)).first()
        terms = terms_of(plain)
        for start in range(1, petitions + 1, _AT_ONCE):
            rows, clocks = [], []
            for number in range(start, min(start + _AT_ONCE, petitions + 1)):
                facts = _facts(number, unit_ids)
                made = deadline_rows(facts, number, terms)
                due = next_due(made)
                rows.append(
                    _petition(number, facts, category_id) | {"next_due_on": due.on, "next_due_key": due.key}
                )
                clocks += made
            plain.execute(insert(Petition), rows)
            plain.execute(insert(Deadline), clocks)
    if db.engine.dialect.name == POSTGRESQL:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _units(session: Session) -> list[int]:
    """The county, its bureau, and units that handle; their ids."""
    county = Unit(code="X", name="测速县", category=UnitCategory.COUNTY_COMMITTEE.value, path="")
    session.add(county)
    session.flush()
    county.path = f"/{county.id}/"
    words = [("X01", "测速县信访局", UnitCategory.BUREAU)]
    words += [(f"X{n:03d}", f"测速第{n}镇", UnitCategory.TOWNSHIP) for n in range(100, 100 + UNITS)]
    made = [Unit(code=c, name=n, category=k.value, parent_id=county.id, path="") for c, n, k in words]
    session.add_all(made)
    session.flush()
    for unit in made:
        unit.path = f"/{county.id}/{unit.id}/"
    return [unit.id for unit in made]


def _facts(number: int, unit_ids: list[int]) -> PetitionFacts:
    """Of five: one waits to be sent on, two for their notice, two are handled; begun on the last ninety days."""
    began = clock.today() - timedelta(days=number % 90)
    bureau, handling = unit_ids[0], unit_ids[1 + number % UNITS]
    if number % 5 == 0:
        return PetitionFacts(bureau, True, began)
    sent = began + timedelta(days=2)
    known: dict[str, Any] = {
        "dispatched_on": sent,
        "responsible_unit_id": handling,
        "unit_received_on": sent + timedelta(days=1),
    }
    if number % 5 > 2:
        known |= {
            "notified_on": sent + timedelta(days=8),
            "acceptance": Acceptance.ACCEPTED,
            "handling_class": HandlingClass.PETITION,
        }
    return PetitionFacts(bureau, True, began, **known)


def _petition(number: int, facts: PetitionFacts, category_id: int | None) -> dict[str, Any]:
    given = ("responsible_unit_id", "dispatched_on", "unit_received_on", "notified_on")
    return {
        "id": number,
        "uid": new_uid(),
        "number": f"XF-X01-{facts.received_on.year}-{number:05d}",
        "unit_id": facts.registering_unit_id,
        "registered_on": facts.received_on,
        "received_on": facts.received_on,
        "registered_at": datetime.combine(facts.received_on, datetime.min.time()),
        "channel": "letter",
        "source_level": "county",
        "persons": 1,
        "item_kind": "first",
        "title": "反映道路损坏",
        "content": "反映村道损坏，要求修复。",
        "category_id": category_id,
        "purpose": "request",
        "stage": _stage(facts),
        "dispatch_due_on": facts.received_on + timedelta(days=15),
        **{name: getattr(facts, name) for name in given},
        "acceptance": facts.acceptance.value if facts.acceptance else None,
        "handling_class": facts.handling_class.value if facts.handling_class else None,
    }


def _stage(facts: PetitionFacts) -> str:
    day: date | None = facts.unit_received_on
    if day is None:
        return "pending"
    return "handling" if facts.notified_on else "received"


def _open(kind: str, work: Path) -> Flask:
    directory = work / f"deadlines-{kind}"
    directory.mkdir(parents=True, exist_ok=True)
    url = _postgresql() if kind == POSTGRESQL else ""
    app = create_app({"INSTANCE_DIR": str(directory), "DATABASE_URL": url})
    with app.app_context():
        upgrade("migrations")
    return app


def _postgresql() -> str:
    server = os.environ["TEST_POSTGRESQL_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone():
            connection.execute(f'CREATE DATABASE "{_DATABASE}"')
    return server.replace("/postgres?", f"/{_DATABASE}?")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.petition_deadlines")
    parser.add_argument("--work", default=str(Path(tempfile.gettempdir()) / "xinfang-benchmarks"))
    parser.add_argument("--only", default="", choices=["", SQLITE, POSTGRESQL])
    parser.add_argument("--petitions", type=int, default=PETITIONS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
