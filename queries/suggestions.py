"""三项建议: which an actor may read, their list, their papers, and what may be done now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, exists, literal_column, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from models.organisation import Unit
from models.petition import Petition
from models.suggestion import Suggestion, SuggestionPetition
from queries.accountability_filter import AccountabilityFilter, ListColumns, ListState, nothing
from queries.organisation import listed_by_tree
from queries.paging import Order
from queries.petition_days import Days, light_of
from queries.petitions_told import numbers_told
from queries.register_filter import live_or_void
from queries.scope import in_scope_of, is_root, unsealed_for
from rules.errors import NotVisible
from rules.letters.text import LetterText
from rules.lights import Light
from rules.papers.kinds import PaperKind
from rules.papers.suggestions import SuggestionFacts, suggestion_text
from rules.roles import Actor, Permission
from rules.suggestion_rules import PAPERS, SuggestionState, state_of_suggestion
from rules.supervision_words import SuggestionKind

S = Suggestion
_MATTER = aliased(Petition, name="rests_on")


def visible_suggestions(actor: Actor) -> Select[Suggestion]:
    """Those that units in scope made, and those issued to units in scope; void ones included. One that rests on a matter
    which seals hide from the actor is hidden whole."""
    if not actor.may(Permission.SUPERVISION_READ) or not actor.scope_path:
        return nothing(S)
    if is_root(actor.scope_path):
        return select(S).where(_hides_nothing(actor))
    issued_here = and_(S.issued_on.is_not(None), in_scope_of(actor, S.target_unit_id))
    return select(S).where(or_(in_scope_of(actor, S.unit_id), issued_here), _hides_nothing(actor))


def _hides_nothing(actor: Actor) -> ColumnElement[bool]:
    hidden = (
        exists(literal_column("1"))
        .where(SuggestionPetition.suggestion_id == S.id, SuggestionPetition.petition_id == _MATTER.id)
        .where(or_(_MATTER.sealed.is_(True), _MATTER.accused_person_id.is_not(None)))
        .where(unsealed_for(actor, _MATTER).is_not(true()))
    )
    return ~hidden


_WHOLE = (
    *(joinedload(part) for part in (S.unit, S.target_unit, S.task, S.issued_by, S.registered_by)),
    selectinload(S.petitions),
)


def load_suggestion(session: Session, actor: Actor, suggestion_id: int) -> Suggestion:
    """Raises NotVisible, the same for missing and foreign."""
    row = session.scalar(visible_suggestions(actor).where(S.id == suggestion_id).options(*_WHOLE))
    if row is None:
        raise NotVisible("suggestion")
    return row


def may_edit(actor: Actor, row: Suggestion) -> bool:
    """While it is a draft of the actor's own office."""
    return may_record(actor, row) and row.issued_on is None and not row.is_void


def may_record(actor: Actor, row: Suggestion) -> bool:
    return actor.may(Permission.SUGGESTIONS_WRITE) and row.unit_id == actor.unit_id


def answer_refusal(actor: Actor, row: Suggestion) -> str:
    """Why the actor may not enter the answer now; "" where he may: the unit itself, or the office that asked."""
    target = row.target_unit
    answers = target is not None and bool(target.path) and target.path.startswith(actor.scope_path)
    if not may_record(actor, row) and not (answers and actor.may(Permission.SUPERVISION_ANSWER)):
        return "采纳情况由收到建议的单位反馈，或者由提出建议的信访部门登记。"
    if row.is_void:
        return "这条建议已作废。"
    if row.issued_on is None:
        return "建议书还没有印发。"
    return "已经反馈。" if row.replied_on is not None else ""


def light_of_suggestion(row: Suggestion, days: Days) -> Light | None:
    """Of the answer; None before it is issued."""
    if row.issued_on is None or row.reply_due_on is None:
        return None
    if row.replied_on is not None:
        return Light.MET if row.replied_on <= row.reply_due_on else Light.MET_LATE
    return light_of(row.reply_due_on, days)


def state_of(row: Suggestion, today: date) -> SuggestionState:
    return state_of_suggestion(
        is_void=row.is_void,
        issued_on=row.issued_on,
        replied_on=row.replied_on,
        reply_due_on=row.reply_due_on,
        today=today,
    )


def target_units(session: Session, actor: Actor) -> list[Unit]:
    """Units above villages, to which the actor's office may write, in tree order."""
    statement = select(Unit).where(Unit.path.startswith(actor.scope_path), Unit.valid_to.is_(None))
    above = statement.where(Unit.category.not_in(["village", "community"]))
    return listed_by_tree(session, above)


def suggestion_paper(session: Session, row: Suggestion, unit: Unit) -> LetterText:
    """The words of its paper, of whichever kind."""
    return suggestion_text(
        SuggestionFacts(
            issuer=unit.name,
            kind=SuggestionKind(row.kind),
            target=row.target_unit.addressed_as if row.target_unit else row.target_text,
            title=row.title,
            reason=row.reason,
            content=row.content,
            petitions=numbers_told(
                session, row.petitions, {row.target_unit_id} if row.target_unit_id else frozenset()
            ),
            rests_on=len(row.petitions),
            reply_due_on=row.reply_due_on,
        )
    )


def has_paper(kind: PaperKind) -> Callable[[Suggestion], bool]:
    """Whether a suggestion is of the kind whose paper this is."""
    return lambda row: PAPERS[SuggestionKind(row.kind)] is kind


def _live(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(S.voided_at.is_(None), *more)


def _waiting(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return _live(S.issued_on.is_not(None), S.replied_on.is_(None), *more)


def _overdue(today: date) -> ColumnElement[bool]:
    return _waiting(S.reply_due_on < today)


_HOLDS: dict[SuggestionState, Callable[[date], ColumnElement[bool]]] = {
    SuggestionState.DRAFT: lambda _today: _live(S.issued_on.is_(None)),
    SuggestionState.WAITING: lambda _today: _waiting(),
    SuggestionState.OVERDUE: _overdue,
    SuggestionState.ANSWERED: lambda _today: _live(S.replied_on.is_not(None)),
    SuggestionState.VOID: lambda _today: live_or_void(S, True),
}
STATES = {"": ListState("全部有效建议", lambda _today: _live())} | {
    state.value: ListState(state.label, holds) for state, holds in _HOLDS.items()
}
"""待反馈 holds those that are late."""
ORDERS = {
    "date": Order("date", "登记先后（新的在前）", S.id, S.id, read=int),
    "date-up": Order("date-up", "登记先后（旧的在前）", S.id, S.id, descending=False, read=int),
}


@dataclass(frozen=True)
class SuggestionFilter(AccountabilityFilter):
    """`unit` is the one it goes to; the days are those of issuing."""

    columns: ClassVar[ListColumns] = ListColumns(
        S,
        visible_suggestions,
        S.issued_on,
        S.target_unit_id,
        STATES,
        (S.number, S.title, S.reason, S.content, S.target_text, S.reply_number),
        ORDERS,
        SuggestionKind,
        S.kind,
        (joinedload(S.target_unit), joinedload(S.unit)),
    )
