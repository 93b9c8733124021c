"""Where a task may come from, and what a new one is filled in with: petitions, instructions, decisions, promises, problems
found. What was said or decided is taken down as it stands (`Origin.text`), whatever becomes of its record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.inspection import Inspection, InspectionProblem, InspectionVisit
from models.leader_reception import LeaderPromise
from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.organisation import Unit
from models.petition import Petition, PetitionStep
from queries.deadline_moves import OPEN
from queries.leader_receptions import load_promise
from queries.petition_days import CLOCK_WORDS
from queries.petition_scope import load_petitions, visible_among
from queries.register_filter import number_of, word_of
from queries.scope import in_scope
from rules.errors import NotVisible, RuleViolation
from rules.meeting_words import MeetingState
from rules.petition_states import Verb
from rules.roles import Actor, Permission
from rules.supervision_grounds import CLOCKS_OF, ground_of_first
from rules.supervision_openings import Lateness, content_of, title_of
from rules.supervision_rules import check_together
from rules.supervision_words import Ground, TaskSource

MOST_AT_ONCE = 60
"""Petitions of one task."""


@dataclass(frozen=True)
class FigureOrigin:
    """A figure of the catalogue; its unit is the origin's source."""

    code: str
    period: str
    as_of: date


@dataclass(frozen=True)
class Origin:
    """Where a task comes from. `text` is what was instructed, decided, promised or counted, as it stands now; `listed`
    are the petitions of a task about many."""

    source: TaskSource
    source_type: str = ""
    source_id: int | None = None
    text: str = ""
    petition_id: int | None = None
    listed: tuple[int, ...] = ()
    figure: FigureOrigin | None = None

    @property
    def petition_ids(self) -> tuple[int, ...]:
        """All that it is about, be it one or many."""
        return self.listed if self.petition_id is None else (self.petition_id,)


@dataclass(frozen=True)
class Opening:
    """What a new task is filled in with; `label` says where it comes from."""

    origin: Origin
    label: str = ""
    title: str = ""
    content: str = ""
    ground: Ground | None = None
    unit_ids: tuple[int, ...] = ()
    person: str = ""
    due_on: date | None = None
    petitions: Sequence[Petition] = field(default=())


def opening_of(session: Session, actor: Actor, args: Any, today: date) -> Opening | None:
    """From an address such as `?source=promise&promise=5`; None where it names nothing. Raises NotVisible."""
    source = word_of(TaskSource, args.get("source", ""))
    if source is None and args.get("petition"):
        source = TaskSource.PETITION
    make = _OPENINGS.get(source) if source else None
    return make(session, actor, args, today) if make else None


def _of_petitions(session: Session, actor: Actor, args: Any, today: date) -> Opening | None:
    ids = [i for i in map(number_of, args.getlist("petition")) if i is not None]
    if not ids:
        return None
    if len(ids) > MOST_AT_ONCE:
        raise RuleViolation(f"一件督办最多列 {MOST_AT_ONCE} 件信访事项。")
    found = load_petitions(session, actor, list(dict.fromkeys(ids)))
    if len(found) < len(set(ids)):
        raise NotVisible("petition")
    check_together([bool(p.sealed or p.accused_person_id) for p in found])
    ground = word_of(Ground, args.get("ground", "")) or _late_ground(session, found, today)
    unit = _unit_at_fault(session, found[0], ground)
    late = _lateness(session, found, ground, today)
    name = unit.name if unit else "承办单位"
    one = found[0] if len(found) == 1 else None
    return Opening(
        Origin(
            TaskSource.PETITION,
            "petition",
            one.id if one else None,
            petition_id=one.id if one else None,
            listed=() if one else tuple(p.id for p in found),
        ),
        label="、".join(p.number for p in found),
        title=title_of(name, ground, len(found)),
        content=content_of(name, ground, late, len(found)),
        ground=ground,
        unit_ids=(unit.id,) if unit else (),
        petitions=found,
    )


def _late_ground(session: Session, petitions: Sequence[Petition], today: date) -> Ground | None:
    """What of one petition is late by now, the earliest due first; of several the address says what they have in common."""
    if len(petitions) > 1:
        return None
    late = (Deadline.petition_id == petitions[0].id, Deadline.due_on < today, *OPEN)
    return ground_of_first(session.scalars(select(Deadline.key).where(*late).order_by(Deadline.due_on)))


def _fell_short() -> ColumnElement[bool]:
    """Condition on Deadline: it still runs, or was met after its day."""
    return or_(and_(*OPEN), Deadline.met_on > Deadline.due_on)


def _unit_at_fault(session: Session, petition: Petition, ground: Ground | None) -> Unit | None:
    """Who owed what is late: of what was not sent on, the office that registered it."""
    keys = CLOCKS_OF.get(ground, ()) if ground else ()
    owed = select(Deadline.unit_id).where(
        Deadline.petition_id == petition.id, Deadline.key.in_(keys), _fell_short()
    )
    unit_id = session.scalar(owed.order_by(Deadline.due_on).limit(1)) or petition.responsible_unit_id
    return session.get(Unit, unit_id) if unit_id is not None else None


def _lateness(
    session: Session, petitions: Sequence[Petition], ground: Ground | None, today: date
) -> list[Lateness]:
    """The clocks that make the ground, in the order of the petitions; one statement."""
    keys = CLOCKS_OF.get(ground, ()) if ground else ()
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.petition_id.in_([p.id for p in petitions]), Deadline.key.in_(keys), _fell_short())
        .order_by(Deadline.due_on.desc())
    )
    first = {row.petition_id: row for row in rows}
    return [
        Lateness(CLOCK_WORDS[row.key], row.due_on, ((row.met_on or today) - row.due_on).days, row.met_on)
        for petition in petitions
        if (row := first.get(petition.id)) is not None
    ]


def _of_instruction(session: Session, actor: Actor, args: Any, _today: date) -> Opening | None:
    petition = _one_petition(session, actor, args)
    step = session.scalar(
        select(PetitionStep)
        .where(
            PetitionStep.petition_id == petition.id,
            PetitionStep.verb == Verb.INSTRUCT.value,
            PetitionStep.undone_at.is_(None),
        )
        .order_by(PetitionStep.id.desc())
        .limit(1)
    )
    who = f"{step.recorded_by.name}{step.happened_on} 批示：" if step and step.recorded_by else ""
    text = f"{who}{step.text}" if step else petition.instruction
    unit = petition.responsible_unit
    name = unit.name if unit else "承办单位"
    return Opening(
        Origin(
            TaskSource.INSTRUCTION,
            "petition_step" if step else "petition",
            step.id if step else petition.id,
            text,
            petition.id,
        ),
        label=f"{petition.number} 领导批示",
        title=f"督促{name}落实领导批示",
        content="领导批示要求落实的事项，至今没有反馈落实情况。",
        ground=Ground.NOT_FOLLOWED_UP,
        unit_ids=(unit.id,) if unit else (),
        petitions=(petition,),
    )


def _one_petition(session: Session, actor: Actor, args: Any) -> Petition:
    found = load_petitions(session, actor, [number_of(args.get("petition", "")) or 0])
    if not found:
        raise NotVisible("petition")
    return found[0]


def _of_decision(session: Session, actor: Actor, args: Any, today: date) -> Opening | None:
    decision = visible_decision(session, actor, number_of(args.get("decision", "")) or 0)
    meeting = decision.meeting
    item = session.get(MeetingItem, decision.item_id) if decision.item_id else None
    about = f"{meeting.held_on} {meeting.title or '联席会议'}议定"
    return Opening(
        Origin(
            TaskSource.MEETING,
            "meeting_decision",
            decision.id,
            f"{about}：{decision.content}",
            item.petition_id if item else None,
        ),
        label=about,
        title=f"落实议定事项：{decision.content}"[:80],
        content=f"{about}的事项：{decision.content}",
        ground=_followed_up(decision.due_on, today),
        unit_ids=(decision.unit_id,),
        person=decision.person,
        due_on=decision.due_on,
    )


def _followed_up(due_on: date | None, today: date) -> Ground | None:
    """Only what is late fell short of something."""
    return Ground.NOT_FOLLOWED_UP if due_on is not None and due_on < today else None


def visible_decision(session: Session, actor: Actor, decision_id: int) -> MeetingDecision:
    """Of the final record of a meeting in scope, where its matter is not sealed from this actor. Raises NotVisible."""
    final = (Meeting.state == MeetingState.MINUTED.value, Meeting.voided_at.is_(None))
    meetings = in_scope(Meeting, actor, Permission.MEETINGS_READ).where(*final).with_only_columns(Meeting.id)
    found = session.scalar(
        select(MeetingDecision).where(
            MeetingDecision.id == decision_id, MeetingDecision.meeting_id.in_(meetings)
        )
    )
    item = session.get(MeetingItem, found.item_id) if found is not None and found.item_id else None
    petition_id = item.petition_id if item is not None else None
    if found is None or (petition_id and not visible_among(session, actor, {petition_id})):
        raise NotVisible("meeting_decision")
    return found


def _of_promise(session: Session, actor: Actor, args: Any, today: date) -> Opening | None:
    promise = load_promise(session, actor, number_of(args.get("promise", "")) or 0, today)
    row = session.get_one(LeaderPromise, promise.id)
    about = f"{promise.reception_date} {promise.leader}{promise.post}接访时承诺"
    return Opening(
        Origin(TaskSource.PROMISE, "leader_promise", promise.id, f"{about}：{promise.summary}"),
        label=f"{promise.number} {promise.leader}接访承诺",
        title=f"落实领导接访承诺：{promise.summary}"[:80],
        content=f"{about}：{promise.summary}",
        ground=_followed_up(promise.due_date, today),
        unit_ids=(row.responsible_unit_id,) if row.responsible_unit_id else (),
        due_on=promise.due_date,
    )


def _of_problem(session: Session, actor: Actor, args: Any, _today: date) -> Opening | None:
    rounds = in_scope(Inspection, actor, Permission.SUPERVISION_READ).with_only_columns(Inspection.id)
    problem = session.scalar(
        select(InspectionProblem)
        .join(InspectionVisit, InspectionProblem.visit_id == InspectionVisit.id)
        .where(
            InspectionProblem.id == (number_of(args.get("problem", "")) or 0),
            InspectionVisit.inspection_id.in_(rounds),
        )
    )
    if problem is None:
        raise NotVisible("inspection_problem")
    about = f"{problem.visit.inspection.title}发现的问题"
    return Opening(
        Origin(TaskSource.INSPECTION, "inspection_problem", problem.id, f"{about}：{problem.summary}"),
        label=about,
        title=f"整改督查发现的问题：{problem.summary}"[:80],
        content=f"{about}：{problem.summary}",
        unit_ids=(problem.unit_id,),
        due_on=problem.correct_by,
    )


_OPENINGS: dict[TaskSource, Callable[[Session, Actor, Any, date], Opening | None]] = {
    TaskSource.PETITION: _of_petitions,
    TaskSource.INSTRUCTION: _of_instruction,
    TaskSource.MEETING: _of_decision,
    TaskSource.PROMISE: _of_promise,
    TaskSource.INSPECTION: _of_problem,
}
