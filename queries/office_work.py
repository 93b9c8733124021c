"""What waits for whom beside the registers with lists of their own work: papers to issue, meetings to record, what was asked
of the county, interviews and inspections to judge, and what an office still owes from decisions, suggestions, interviews and
inspections."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, false, func, select, union_all
from sqlalchemy.orm import Session

from models.inspection import Inspection
from models.interview import Interview
from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.office_paper import OfficePaper
from models.suggestion import Suggestion
from queries.accountability_work import (
    inspection_waits_for,
    interview_is_announced_to,
    interview_waits_for,
)
from queries.inspections import InspectionFilter, visible_inspections
from queries.interviews import InterviewFilter, visible_interviews
from queries.meeting_decisions import DecisionFilter
from queries.meeting_escalations import is_unread_by, is_waiting
from queries.meeting_scope import is_looked_after_by, item_is_unsealed
from queries.owed_sources import SOURCES, is_late
from queries.paper_list import paper_is_visible
from queries.scope import in_scope_of
from queries.suggestions import SuggestionFilter
from rules.meeting_words import MeetingState
from rules.owed_kinds import OwedKind
from rules.roles import COUNTY_OFFICE, Actor, Permission, Role
from rules.taxonomy import Labelled

OWED_HERE = (OwedKind.DECISION, OwedKind.SUGGESTION, OwedKind.INTERVIEW, OwedKind.PROBLEM)
"""Kinds that no other part of the 工作台 counts."""


class OfficeWork(Labelled):
    """待办的公函、会议、约谈和督查"""

    TO_ISSUE = "to_issue", "公函待签发"
    TO_RECORD = "to_record", "会议开过未登记"
    TO_MINUTE = "to_minute", "会议待定稿"
    ESCALATED = "escalated", "提请研究待答复"
    ANSWERED = "answered", "提请研究有答复"
    INTERVIEW_TO_JUDGE = "interview_to_judge", "约谈整改待复核"
    PROBLEM_TO_JUDGE = "problem_to_judge", "督查整改待复核"
    ANNOUNCED = "announced", "收到约谈通知"


@dataclass(frozen=True)
class OwedCount:
    """Of one kind: how many are open, how many of them late."""

    kind: OwedKind
    open: int
    late: int


def office_counts(actor: Actor, today: date) -> dict[OfficeWork, Select[int]]:
    """Counts of what waits for this actor, for one statement with others; only what his role does."""
    return {work: count(actor, today) for work, (may, count) in _WORK.items() if actor.may(may)}


def owed_counts(session: Session, actor: Actor, now: datetime, today: date) -> list[OwedCount]:
    """What the actor's office and those below it owe of OWED_HERE, kinds without any left out; one statement."""
    if actor.sees_county or not actor.may(Permission.OWED_READ):
        return []
    owed = union_all(*(make(actor) for kind, make in SOURCES if kind in OWED_HERE)).subquery("owed")
    statement = (
        select(owed.c.kind, func.count(), func.sum(case((is_late(owed.c, now, today), 1), else_=0)))
        .where(in_scope_of(actor, owed.c.unit_id))
        .group_by(owed.c.kind)
    )
    found = {kind: (count, int(late)) for kind, count, late in session.execute(statement)}
    return [OwedCount(kind, *found[kind]) for kind in OWED_HERE if kind in found]


def late_counts(session: Session, actor: Actor, today: date) -> dict[OwedKind, Select[int]]:
    """For the county: how many rows the list of each kind shows as late, for one statement with others."""
    if not actor.sees_county or actor.role is Role.LEADER or not actor.may(Permission.OWED_READ):
        return {}
    return {
        kind: late.select(session, actor, today).with_only_columns(func.count(model.id))
        for kind, (late, model) in _LATE.items()
    }


_LATE: dict[OwedKind, tuple[Any, Any]] = {
    OwedKind.DECISION: (DecisionFilter(state="overdue"), MeetingDecision),
    OwedKind.SUGGESTION: (SuggestionFilter(state="overdue"), Suggestion),
    OwedKind.INTERVIEW: (InterviewFilter(state="overdue"), Interview),
    OwedKind.PROBLEM: (InspectionFilter(state="overdue"), Inspection),
}
"""Kind → what its list shows, and of which rows."""


def _to_issue(actor: Actor, _today: date) -> Any:
    drafts = (OfficePaper.state == "draft", OfficePaper.unit_id == actor.unit_id, paper_is_visible(actor))
    return select(func.count(OfficePaper.id)).where(*drafts)


def _to_record(actor: Actor, today: date) -> Any:
    return _meetings(actor, MeetingState.PLANNED).where(Meeting.held_on < today)


def _to_minute(actor: Actor, _today: date) -> Any:
    return _meetings(actor, MeetingState.HELD)


def _meetings(actor: Actor, state: MeetingState) -> Any:
    return select(func.count(Meeting.id)).where(
        Meeting.voided_at.is_(None), Meeting.state == state.value, is_looked_after_by(actor)
    )


def _escalated(actor: Actor, _today: date) -> Any:
    """Only 县信访局 takes them to whom they are addressed."""
    here = and_(*is_waiting(), item_is_unsealed(actor)) if actor.role in COUNTY_OFFICE else false()
    return select(func.count(MeetingItem.id)).join(Meeting, MeetingItem.meeting_id == Meeting.id).where(here)


def _answered(actor: Actor, _today: date) -> Any:
    here = and_(is_unread_by(actor), item_is_unsealed(actor))
    return select(func.count(MeetingItem.id)).join(Meeting, MeetingItem.meeting_id == Meeting.id).where(here)


def _interview_to_judge(actor: Actor, _today: date) -> Any:
    return _interviews(actor).where(interview_waits_for(actor))


def _problem_to_judge(actor: Actor, _today: date) -> Any:
    """Rounds, as their list has them: each with at least one problem to judge."""
    rounds = visible_inspections(actor).where(inspection_waits_for(actor))
    return rounds.with_only_columns(func.count(Inspection.id))


def _announced(actor: Actor, today: date) -> Any:
    return _interviews(actor).where(Interview.interviewed_on >= today, interview_is_announced_to(actor))


def _interviews(actor: Actor) -> Any:
    return visible_interviews(actor).with_only_columns(func.count(Interview.id))


_WORK: dict[OfficeWork, tuple[Permission, Callable[[Actor, date], Any]]] = {
    OfficeWork.TO_ISSUE: (Permission.PAPERS_ISSUE, _to_issue),
    OfficeWork.TO_RECORD: (Permission.MEETINGS_WRITE, _to_record),
    OfficeWork.TO_MINUTE: (Permission.MEETINGS_MINUTE, _to_minute),
    OfficeWork.ESCALATED: (Permission.MEETINGS_WRITE, _escalated),
    OfficeWork.ANSWERED: (Permission.MEETINGS_WRITE, _answered),
    OfficeWork.INTERVIEW_TO_JUDGE: (Permission.INTERVIEWS_WRITE, _interview_to_judge),
    OfficeWork.PROBLEM_TO_JUDGE: (Permission.INSPECTIONS_WRITE, _problem_to_judge),
    OfficeWork.ANNOUNCED: (Permission.SUPERVISION_ANSWER, _announced),
}
