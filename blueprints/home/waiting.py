"""待办: what waits for this actor, area by area, each count with the list that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import Session

from extensions import db
from queries.board import count_all, unfinished_counts
from queries.lead_work import lead_work_counts
from queries.leads import TABS as LEAD_TABS
from queries.memory import remembered
from queries.office_work import OfficeWork, OwedCount, late_counts, office_counts, owed_counts
from queries.petition_days import Days
from queries.petition_work import work_counts as petition_counts
from queries.supervision_work import work_counts as supervision_counts
from rules.owed_kinds import OwedKind
from rules.roles import Actor
from web import clock
from web.session import actor

_OFFICE_LISTS: dict[str, dict[OfficeWork, tuple[str, dict[str, str]]]] = {
    "公函和会议": {
        OfficeWork.TO_ISSUE: ("papers.list_papers", {"state": "draft"}),
        OfficeWork.TO_RECORD: (
            "meetings.list_meetings",
            {"state": "planned", "sort": "date-up", "mine": "1"},
        ),
        OfficeWork.TO_MINUTE: ("meetings.list_meetings", {"state": "held", "sort": "date-up", "mine": "1"}),
        OfficeWork.ESCALATED: ("meetings.list_escalations", {}),
        OfficeWork.ANSWERED: ("meetings.list_escalations", {"state": "unread"}),
    },
    "约谈和督查": {
        OfficeWork.INTERVIEW_TO_JUDGE: ("accountability.list_interviews", {"state": "to_judge"}),
        OfficeWork.PROBLEM_TO_JUDGE: ("accountability.list_inspections", {"state": "to_judge"}),
        OfficeWork.ANNOUNCED: ("accountability.list_interviews", {"state": "announced", "sort": "date-up"}),
    },
}
"""Area → work → endpoint and query of the list that it counts."""
_LATE_LISTS: dict[OwedKind, str] = {
    OwedKind.DECISION: "decisions.list_decisions",
    OwedKind.SUGGESTION: "accountability.list_suggestions",
    OwedKind.INTERVIEW: "accountability.list_interviews",
    OwedKind.PROBLEM: "accountability.list_inspections",
}
"""Of each of OWED_HERE."""
_PRESSING = ("overdue", "sent_back")


@dataclass(frozen=True)
class WaitingLine:
    label: str
    count: int
    address: str
    is_late: bool = False


@dataclass(frozen=True)
class WaitingArea:
    """What waits in one part of the site; never empty."""

    title: str
    lines: tuple[WaitingLine, ...]


@dataclass(frozen=True)
class Waiting:
    areas: tuple[WaitingArea, ...]
    unfinished: dict[str, int]
    """As `queries.board.unfinished_counts` names them."""


def waiting(days: Days | None) -> Waiting:
    """`days` is None for who reads no petitions. What registers hold is remembered, forms that
    somebody left half-filled are not."""
    found = _counted(db.session(), actor(), clock.today(), days)
    office = found["office"]
    areas = (
        ("信访事项", _petitions(days)),
        ("督办", _supervision(days)),
        ("领导包案", [_lead(key, count) for key, count in found["lead"].items()]),
        *(
            (title, [_office(lists[work], work, office[work]) for work in lists if work in office])
            for title, lists in _OFFICE_LISTS.items()
        ),
        (
            "应办事项",
            [_late(kind, count) for kind, count in found["late"].items()]
            + [_owed(count) for count in owed_counts(db.session(), actor(), clock.now(), clock.today())],
        ),
    )
    return Waiting(
        tuple(area for title, lines in areas if (area := _area(title, lines)).lines),
        count_all(db.session(), unfinished_counts(db.session(), actor())),
    )


@remembered
def _counted(session: Session, actor: Actor, today: date, days: Days | None) -> dict[str, dict[Any, int]]:
    """What lies in registers: part → key → count, in one statement."""
    parts: dict[str, dict[Any, Select[int]]] = {
        "lead": dict(lead_work_counts(actor, days)) if days else {},
        "office": dict(office_counts(actor, today)),
        "late": dict(late_counts(session, actor, today)),
    }
    asked = {(part, key): count for part, counts in parts.items() for key, count in counts.items()}
    found = count_all(session, asked)
    return {part: {key: found[part, key] for key in counts} for part, counts in parts.items()}


def _area(title: str, lines: Iterable[WaitingLine]) -> WaitingArea:
    return WaitingArea(title, tuple(line for line in lines if line.count))


def _petitions(days: Days | None) -> list[WaitingLine]:
    if days is None:
        return []
    counts = petition_counts(db.session(), actor(), days.today, days.near_until)
    return [_work("petitions.list_petitions", count) for count in counts]


def _supervision(days: Days | None) -> list[WaitingLine]:
    if days is None:
        return []
    counts = supervision_counts(db.session(), actor(), days.today, days.near_until, waiting=True)
    return [_work("supervision.list_tasks", count) for count in counts]


def _work(endpoint: str, count: Any) -> WaitingLine:
    address = url_for(endpoint, state=count.key, sort=count.sort)
    return WaitingLine(count.label, count.count, address, count.key in _PRESSING)


def _lead(key: str, count: int) -> WaitingLine:
    return WaitingLine(
        LEAD_TABS[key], count, url_for("leads.list_leads", state=key, todo=1), key in _PRESSING
    )


def _office(place: tuple[str, dict[str, str]], work: OfficeWork, count: int) -> WaitingLine:
    endpoint, args = place
    if work is OfficeWork.TO_RECORD:
        args = args | {"to": str(clock.today() - timedelta(days=1))}
    return WaitingLine(work.label, count, url_for(endpoint, **args))


def _owed(count: OwedCount) -> WaitingLine:
    """An office looks at all that it owes."""
    label = f"{count.kind.label}（超期 {count.late}）" if count.late else count.kind.label
    address = url_for("owed.show_office", office_id=actor().unit_id, kind=count.kind.value)
    return WaitingLine(label, count.open, address, count.late > 0)


def _late(kind: OwedKind, count: int) -> WaitingLine:
    """The county looks at what is late."""
    return WaitingLine(f"{kind.label}超期", count, url_for(_LATE_LISTS[kind], state="overdue"), True)
