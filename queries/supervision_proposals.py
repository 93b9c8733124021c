"""What the system proposes to supervise: an office's duty that is late, an opinion not carried out, an instruction, a
decision or a promise past its day. It proposes; a person files and issues (信访工作条例第四十条).

Never why somebody complains, how often, or to whom: only what an office has left undone. What a running task is about
already is not proposed again.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, exists, literal, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from models.deadline import Deadline
from models.leader_reception import LeaderPromise, LeaderReception
from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.organisation import Unit
from models.petition import UNFILED, Petition, PetitionReply, PetitionStep
from models.supervision import SupervisionTask, SupervisionTaskPetition
from queries.became_tasks import is_struck_off, is_taken_up
from queries.deadline_moves import OPEN
from queries.leader_receptions import promise_is_visible
from queries.meeting_decisions import is_open
from queries.petition_days import CLOCK_WORDS
from queries.petition_scope import petition_is_visible
from queries.scope import in_scope
from rules.petition_states import Stage, Verb
from rules.petition_words import Conclusion
from rules.roles import Actor, Permission
from rules.supervision_grounds import CLOCKS_OF, DAYS_TO_EXECUTE, GROUND_OF
from rules.supervision_states import TaskState
from rules.supervision_words import Ground

D, P, T, S = Deadline, Petition, SupervisionTask, PetitionStep
MOST_SHOWN = 300
"""Of each kind, the longest overdue first."""
_ANSWERED = (Verb.RECORD_PROGRESS, Verb.CONCLUDE, Verb.REPORT, Verb.SERVE, Verb.EXECUTE, Verb.RESOLVE)
_HANDLED = (*_ANSWERED, Verb.DRAFT_REPLY, Verb.SUBMIT_REPLY, Verb.REQUEST_EXTENSION)
_STEP, _REPLY = aliased(PetitionStep, name="later_step"), aliased(PetitionReply, name="its_reply")
_ABOUT = aliased(SupervisionTaskPetition, name="supervised_matter")
RECENT = timedelta(days=60)
"""How long a late objection is still proposed."""


@dataclass(frozen=True)
class Proposal:
    """One thing an office has left undone. `args` are those of the address where a new task is filled in with it; `record`
    names its record's page, by endpoint and id."""

    ground: Ground
    what: str
    unit_id: int | None
    unit: str
    due_on: date
    days_late: int
    label: str
    title: str
    record: tuple[str, int]
    args: dict[str, str]

    @property
    def petition_id(self) -> int | None:
        """Of those that may be put into one task with others of the unit on the same ground."""
        return self.record[1] if self.args.get("source") == "petition" else None


def proposals(
    session: Session,
    actor: Actor,
    today: date,
    *,
    ground: Ground | None = None,
    unit_id: int | None = None,
) -> list[Proposal]:
    """In scope, by ground and then the longest overdue first; one statement for each kind of the ground."""
    chosen = _Chosen(actor, today, ground, unit_id)
    found = [
        p for grounds, kind in _KINDS if ground is None or ground in grounds for p in kind(session, chosen)
    ]
    order = list(Ground)
    return sorted(found, key=lambda p: (order.index(p.ground), p.due_on, p.label))


@dataclass(frozen=True)
class _Chosen:
    """For whom, on which day, of which ground and which unit only."""

    actor: Actor
    today: date
    ground: Ground | None
    unit_id: int | None


def _late_clocks(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    """A duty that still runs after its day."""
    ground = case(*((D.key == key, ground.value) for key, ground in GROUND_OF.items()))
    keys = [key for key, its in GROUND_OF.items() if chosen.ground in (None, its)]
    late = (*OPEN, D.key.in_(keys), D.due_on < chosen.today)
    for row in session.execute(_of_clocks(chosen, ground).where(*late)):
        yield _of_clock(row, GROUND_OF[row.key], CLOCK_WORDS[row.key], chosen.today)


def _late_objections(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    ground, since = Ground.LATE_OBJECTION, chosen.today - RECENT
    late = (D.key.in_(CLOCKS_OF[ground]), D.met_on > D.due_on, D.met_on >= since)
    for row in session.execute(_of_clocks(chosen, literal(ground.value)).where(*late)):
        yield _of_clock(row, ground, "提出异议", row.met_on)


def _idle(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    """Half of the time to handle a matter is gone, and nothing was entered."""
    ground, today = Ground.DELAYING, chosen.today
    acts = [verb.value for verb in _HANDLED]
    touched = exists().where(_STEP.petition_id == P.id, _STEP.verb.in_(acts), _STEP.undone_at.is_(None))
    drafted = exists().where(_REPLY.petition_id == P.id)
    idle = (*OPEN, D.key.in_(CLOCKS_OF[ground]), D.due_on >= today, ~touched, ~drafted)
    for row in session.execute(_of_clocks(chosen, literal(ground.value)).where(*idle)):
        if (today - row.started_on) * 2 > row.due_on - row.started_on:
            yield _of_clock(row, ground, "办理期限过半，没有办理记录", today)


def _of_clocks(chosen: _Chosen, ground: Any) -> Any:
    """Clocks of petitions in scope with the unit that owes, those without a running task on that ground, the earliest due
    first."""
    return (
        select(D.key, D.started_on, D.due_on, D.met_on, *_PETITION, *_UNIT)
        .join(P, D.petition_id == P.id)
        .join(Unit, D.unit_id == Unit.id)
        .where(petition_is_visible(chosen.actor, live=True), *_supervised(chosen), ~_taken_up(ground))
        .order_by(D.due_on, D.id)
        .limit(MOST_SHOWN)
    )


_PETITION = (P.id.label("petition_id"), P.number, P.title, P.content)
_UNIT = (Unit.id.label("unit_id"), Unit.short_name, Unit.name)


def _supervised(chosen: _Chosen) -> list[Any]:
    """The units whose handling the actor's office looks after: below it, and for the county's office all of the county; of
    them the one chosen."""
    actor = chosen.actor
    own = [] if actor.sees_county else [Unit.id != actor.unit_id]
    one = [] if chosen.unit_id is None else [Unit.id == chosen.unit_id]
    return [Unit.path != "", Unit.path.startswith(actor.scope_path), *own, *one]


def _taken_up(ground: Any) -> Any:
    """Whether a task that is not at its end is about the petition on that ground, alone or in a list."""
    return exists().where(
        _ABOUT.petition_id == P.id,
        _ABOUT.task_id == T.id,
        T.voided_at.is_(None),
        T.state != TaskState.CLOSED.value,
        T.ground == ground,
    )


def _of_clock(row: Any, ground: Ground, what: str, until: date) -> Proposal:
    return _of_petition(row, ground, what, row.due_on, (until - row.due_on).days)


def _of_petition(row: Any, ground: Ground, what: str, due_on: date, days_late: int) -> Proposal:
    return Proposal(
        ground,
        what,
        row.unit_id,
        row.short_name or row.name,
        due_on,
        max(days_late, 0),
        row.number,
        row.title or row.content,
        ("petitions.show_petition", row.petition_id),
        {"source": "petition", "petition": str(row.petition_id), "ground": ground.value},
    )


def _not_executed(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    """支持 what was asked, and nothing says that it was carried out."""
    actor, today = chosen.actor, chosen.today
    ground = Ground.NOT_EXECUTED
    statement = (
        select(P.concluded_on, *_PETITION, *_UNIT)
        .join(Unit, P.responsible_unit_id == Unit.id)
        .where(
            petition_is_visible(actor, live=True),
            literal_column(UNFILED),
            P.stage.in_([Stage.CONCLUDED.value, Stage.FINISHED.value]),
            P.conclusion == Conclusion.SUPPORTED.value,
            P.executed_on.is_(None),
            P.concluded_on < today - timedelta(days=DAYS_TO_EXECUTE),
            *_supervised(chosen),
            ~_taken_up(literal(ground.value)),
        )
        .order_by(P.concluded_on)
        .limit(MOST_SHOWN)
    )
    for row in session.execute(statement):
        due_on = row.concluded_on + timedelta(days=DAYS_TO_EXECUTE)
        what = f"支持的处理意见办结满 {DAYS_TO_EXECUTE} 日，没有登记执行"
        yield _of_petition(row, ground, what, due_on, (today - due_on).days)


def _instructions(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    """A leader's instruction whose day has passed, with nothing entered since."""
    actor, today = chosen.actor, chosen.today
    answered = exists().where(
        _STEP.petition_id == P.id,
        _STEP.verb.in_([verb.value for verb in _ANSWERED]),
        _STEP.undone_at.is_(None),
        _STEP.happened_on >= S.happened_on,
    )
    statement = (
        select(S.until, *_PETITION, *_UNIT)
        .join(P, S.petition_id == P.id)
        .join(Unit, P.responsible_unit_id == Unit.id)
        .where(
            petition_is_visible(actor, live=True),
            S.verb == Verb.INSTRUCT.value,
            S.undone_at.is_(None),
            S.until < today,
            *_supervised(chosen),
            ~answered,
            ~_taken_up(literal(Ground.NOT_FOLLOWED_UP.value)),
        )
        .order_by(S.until)
        .limit(MOST_SHOWN)
    )
    for row in session.execute(statement):
        found = _of_petition(row, Ground.NOT_FOLLOWED_UP, "领导批示", row.until, (today - row.until).days)
        yield _with(found, {"source": "instruction", "petition": str(row.petition_id)})


def _promises(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    actor, today = chosen.actor, chosen.today
    statement = (
        select(
            LeaderPromise.id, LeaderPromise.summary, LeaderPromise.due_date, LeaderReception.number, *_UNIT
        )
        .join(LeaderReception, LeaderPromise.reception_id == LeaderReception.id)
        .join(Unit, LeaderPromise.responsible_unit_id == Unit.id)
        .where(
            promise_is_visible(actor),
            LeaderReception.voided_at.is_(None),
            LeaderPromise.completed_on.is_(None),
            LeaderPromise.due_date < today,
            *_supervised(chosen),
            ~is_taken_up(LeaderPromise),
            ~is_struck_off(LeaderPromise, LeaderPromise.responsible_unit_id),
        )
        .order_by(LeaderPromise.due_date)
        .limit(MOST_SHOWN)
    )
    for row in session.execute(statement):
        args = {"source": "promise", "promise": str(row.id)}
        record = ("reception.show_leader_promise", row.id)
        yield _followed_up(row, "领导接访承诺", row.due_date, row.number, row.summary, record, args, today)


def _decisions(session: Session, chosen: _Chosen) -> Iterator[Proposal]:
    """Open 议定事项 past their day, but those about a matter that seals hide from this actor."""
    actor, today = chosen.actor, chosen.today
    meetings = in_scope(Meeting, actor, Permission.MEETINGS_READ).with_only_columns(Meeting.id)
    visible = select(P.id).where(petition_is_visible(actor))
    unsealed = or_(MeetingItem.petition_id.is_(None), MeetingItem.petition_id.in_(visible))
    statement = (
        select(MeetingDecision.id, MeetingDecision.content, MeetingDecision.due_on, Meeting.number, *_UNIT)
        .add_columns(MeetingDecision.meeting_id)
        .join(Meeting, MeetingDecision.meeting_id == Meeting.id)
        .join(Unit, MeetingDecision.unit_id == Unit.id)
        .outerjoin(MeetingItem, MeetingDecision.item_id == MeetingItem.id)
        .where(
            MeetingDecision.meeting_id.in_(meetings),
            Meeting.voided_at.is_(None),
            *is_open(),
            MeetingDecision.due_on < today,
            unsealed,
            *_supervised(chosen),
            ~is_taken_up(MeetingDecision),
        )
        .order_by(MeetingDecision.due_on)
        .limit(MOST_SHOWN)
    )
    for row in session.execute(statement):
        args = {"source": "meeting", "decision": str(row.id)}
        record = ("meetings.show_meeting", row.meeting_id)
        yield _followed_up(row, "会议议定", row.due_on, row.number, row.content, record, args, today)


def _followed_up(
    row: Any,
    what: str,
    due_on: date,
    label: str,
    title: str,
    record: tuple[str, int],
    args: dict[str, str],
    today: date,
) -> Proposal:
    unit, late = row.short_name or row.name, (today - due_on).days
    return Proposal(Ground.NOT_FOLLOWED_UP, what, row.unit_id, unit, due_on, late, label, title, record, args)


def _with(found: Proposal, args: dict[str, str]) -> Proposal:
    return Proposal(**vars(found) | {"args": args})


_KINDS: tuple[tuple[Collection[Ground], Callable[[Session, _Chosen], Iterator[Proposal]]], ...] = (
    (frozenset(GROUND_OF.values()), _late_clocks),
    ((Ground.LATE_OBJECTION,), _late_objections),
    ((Ground.DELAYING,), _idle),
    ((Ground.NOT_EXECUTED,), _not_executed),
    ((Ground.NOT_FOLLOWED_UP,), _instructions),
    ((Ground.NOT_FOLLOWED_UP,), _promises),
    ((Ground.NOT_FOLLOWED_UP,), _decisions),
)
"""The grounds that each kind gives."""
