"""The database's plan for the slowest statement of a page, where a goal is missed."""

import time
from typing import Any

from flask import Flask
from sqlalchemy import Engine

from benchmarks.measure import statements
from benchmarks.pages import Journey
from benchmarks.people import signed_in
from extensions import db


def slowest_statement(app: Flask, journey: Journey) -> str:
    """The statement, its time and its plan, as text to read."""
    client = signed_in(app, journey.username)
    with app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        client.get(journey.address(0))
    found = [(_milliseconds(engine, *one), *one) for one in sent if one[0].startswith(("SELECT", "WITH"))]
    took, statement, parameters = max(found, key=lambda one: one[0])
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS) "
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(explain + statement, parameters).all()
    lines = "\n".join(str(row[-1]) for row in plan)
    return f"{journey.name} ({journey.username}): {took:.1f} ms\n{statement}\n{parameters}\n{lines}\n"


def _milliseconds(engine: Engine, statement: str, parameters: Any) -> float:
    with engine.connect() as connection:
        started = time.perf_counter()
        connection.exec_driver_sql(statement, parameters).all()
        return (time.perf_counter() - started) * 1000
