"""A small July 2026 whose figures a reader can add up.

柳溪镇   7-01  3 persons, first,  solved                    (Wednesday)
         7-08 12 persons, repeat, committed — a group       (Wednesday)
上河村   7-08  1 person,  first,  explained, village
白石乡   7-15  5 persons, repeat, solved — a group          (Wednesday)
白石乡   7-10  void, counts nowhere
县信访局 7-14  2 persons, first, forwarded, sealed: the county's row only
柳溪镇   2025-07-20 and 2025-07-10: 2 and 4 persons, first  (a year before)
柳溪镇   6-20  6 persons, first — a group                   (a month before)
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tests import factories
from tests.interviews import interview
from tests.people import NOW

VOID = {"voided_at": NOW, "void_reason": "登错了"}


def build_july(session: Session) -> None:
    _visit(session, "AL21", date(2026, 7, 1), 3)
    _visit(session, "AL21", date(2026, 7, 8), 12, visit_kind="repeat", outcome="committed")
    _visit(session, "AL2101", date(2026, 7, 8), 1, outcome="explained", reception_type="village")
    _visit(session, "AL22", date(2026, 7, 15), 5, visit_kind="repeat", category="土地征收")
    _visit(session, "AL22", date(2026, 7, 10), 9, **VOID)
    _visit(session, "AL01", date(2026, 7, 14), 2, outcome="forwarded", sealed=True, category="贪污贿赂")
    _visit(session, "AL21", date(2025, 7, 10), 4)
    _visit(session, "AL21", date(2025, 7, 20), 2)
    _visit(session, "AL21", date(2026, 6, 20), 6)
    _sessions(session)
    _interviews(session)
    factories.leader_reception(session, "AL", reception_date=date(2026, 7, 8), solved=2)
    factories.leader_reception(session, "AL21", reception_date=date(2026, 7, 9), solved=1)
    factories.leader_reception(session, "AL21", reception_date=date(2026, 7, 10), solved=7, **VOID)


def _interviews(session: Session) -> None:
    """柳溪镇 on 2 and 9 July, 白石乡 on 9 July; one to come on the 20th, one void."""
    for serial, (code, day, persons, more) in enumerate(
        (
            ("AL21", date(2026, 7, 2), 2, {}),
            ("AL21", date(2026, 7, 9), 1, {}),
            ("AL22", date(2026, 7, 9), 3, {}),
            ("AL11", date(2026, 7, 20), 4, {}),
            ("AL12", date(2026, 7, 3), 5, VOID),
        ),
        start=1,
    ):
        number = f"YT-AL01-2026-{serial:05d}"
        interview(session, code, number=number, interviewed_on=day, persons=persons, **more)


def _sessions(session: Session) -> None:
    """上河村 on 1 and 8 July, 石门村 on 8 July; 下河村 a void one; 柳园社区 nothing."""
    factories.village_session(session, "AL2101", session_date=date(2026, 7, 1))
    factories.village_session(
        session,
        "AL2101",
        session_date=date(2026, 7, 8),
        batches=4,
        persons=9,
        solved_batches=2,
        solved_persons=3,
        committed_batches=1,
        committed_persons=5,
        escalated_batches=1,
        escalated_persons=1,
    )
    factories.village_session(
        session,
        "AL2201",
        session_date=date(2026, 7, 8),
        mode="check",
        batches=0,
        persons=0,
        solved_batches=0,
        solved_persons=0,
    )
    factories.village_session(session, "AL2102", session_date=date(2026, 7, 8), **VOID)


def _visit(session: Session, code: str, day: date, persons: int, category: str = "", **values: Any) -> None:
    if category:
        values["category_id"] = factories.category(session, category).id
    factories.visit(
        session,
        code,
        visit_date=day,
        persons=persons,
        representatives=min(persons, 5),
        names=(),
        **values,
    )
