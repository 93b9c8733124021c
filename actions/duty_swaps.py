"""调班: asked, answered by the other, decided by the supervisor; or a person set directly by who may.

Whoever acts second is told: each act names the version it has seen, and what stands is asked again in the writer's turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.duty_moves import give_to, label_of
from actions.once import already_made, note_made
from models.base import new_uid
from models.roster import Duty, DutySwap
from queries.duty_answering import other_approvers
from queries.duty_standing import standing_of
from queries.duty_swaps import duty_now, load_managed_duty, load_own_duty, open_swaps_of, with_account
from queries.roster_rows import slot_of
from rules.duty_changes import is_over, require_possible
from rules.duty_words import SwapState
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Actor
from rules.roster import Conflict
from rules.roster_words import Assigned

OVERTAKEN = "班已另有安排，申请自动取消。"


@dataclass(frozen=True)
class SwapData:
    """A swap with another's duty, or, without one, a person who is asked to stand in (替班)."""

    duty_id: int
    version: int
    reason: str
    other_duty_id: int | None = None
    other_version: int | None = None
    other_person_id: int | None = None
    confirmed: bool = False


def ask_swap(
    session: Session, *, actor: Actor, now: datetime, data: SwapData, submission_key: str = ""
) -> DutySwap:
    """Raises NotVisible where the duty is not the actor's, StaleVersion, RuleViolation on `other`, `confirmed`."""
    made = already_made(session, submission_key, actor, DutySwap)
    if made is not None:
        return session.get_one(DutySwap, made)
    duty = load_own_duty(session, actor, data.duty_id)
    other, person_id = _asked_for(session, duty, data)
    _require_fresh(duty, data.version, now)
    _require_reason(data.reason)
    _require_not_asked(session, duty, other)
    require_possible(_conflicts(session, duty, other, person_id), confirmed=data.confirmed)
    swap = DutySwap(
        uid=new_uid(),
        unit_id=duty.unit_id,
        duty_id=duty.id,
        other_duty_id=other.id if other else None,
        person_id=duty.person_id,
        other_person_id=person_id,
        reason=data.reason.strip(),
        state=SwapState.ASKED.value,
        asked_at=now,
    )
    session.add(swap)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="duty_swap.ask",
        subject=swap,
        label=label_of(duty),
        after=audit.values_of(swap),
        reason=swap.reason,
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=swap)
    return swap


def accept_swap(
    session: Session, *, actor: Actor, now: datetime, swap: DutySwap, version: int, confirmed: bool = False
) -> None:
    """By who is asked; it then waits for the supervisor."""
    _require_mine(actor, swap.other_person_id)
    _require_state(swap, version, SwapState.ASKED)
    _require_unchanged(swap, now)
    require_possible(conflicts_of(session, swap), confirmed=confirmed)
    _answer(session, actor, now, swap, SwapState.ACCEPTED, "duty_swap.accept", "")


def decline_swap(
    session: Session, *, actor: Actor, now: datetime, swap: DutySwap, version: int, reason: str
) -> None:
    _require_mine(actor, swap.other_person_id)
    _require_state(swap, version, SwapState.ASKED)
    _require_reason(reason)
    _answer(session, actor, now, swap, SwapState.DECLINED, "duty_swap.decline", reason)


def cancel_swap(
    session: Session, *, actor: Actor, now: datetime, swap: DutySwap, version: int, reason: str
) -> None:
    """By who asked, as long as it is not decided."""
    _require_mine(actor, swap.person_id)
    _require_state(swap, version, SwapState.ASKED, SwapState.ACCEPTED)
    _require_reason(reason)
    _decide(session, actor, now, swap, SwapState.CANCELLED, "duty_swap.cancel", reason)


def approve_swap(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    swap: DutySwap,
    version: int,
    note: str = "",
    confirmed: bool = False,
) -> None:
    """The duties really move. The caller has asked whether the actor decides for this unit; on a swap of his own, only
    where nobody else does."""
    _require_state(swap, version, SwapState.ACCEPTED)
    is_party = actor.person_id in (swap.person_id, swap.other_person_id)
    if is_party:
        _require_nobody_else(session, swap)
    _require_unchanged(swap, now)
    require_possible(conflicts_of(session, swap), confirmed=confirmed)
    duty, other, moved = swap.duty, swap.other_duty, [swap.duty_id]
    how = Assigned.SWAPPED if other else Assigned.REPLACED
    if other is not None:
        moved.append(other.id)
        _give(session, actor, now, other, swap.person_id, how, swap.reason)
    _give(session, actor, now, duty, swap.other_person_id, how, swap.reason)
    action = "duty_swap.approve-own" if is_party else "duty_swap.approve"
    _decide(session, actor, now, swap, SwapState.APPROVED, action, note)
    drop_overtaken(session, actor=actor, now=now, duty_ids=moved)


def refuse_swap(
    session: Session, *, actor: Actor, now: datetime, swap: DutySwap, version: int, reason: str
) -> None:
    _require_state(swap, version, SwapState.ASKED, SwapState.ACCEPTED)
    _require_reason(reason)
    _decide(session, actor, now, swap, SwapState.REFUSED, "duty_swap.refuse", reason)


def replace_person(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    duty_id: int,
    version: int,
    person_id: int,
    reason: str,
    confirmed: bool = False,
) -> Duty:
    """By who publishes, at any time before the duty ends, without asking. Gives the row in which the person now stands.

    Raises NotVisible, StaleVersion, RuleViolation on `person`, `reason`, `confirmed`.
    """
    duty = load_managed_duty(session, actor, duty_id)
    _require_fresh(duty, version, now)
    _require_reason(reason)
    if duty.person_id == person_id:
        raise RuleViolation("本来就是这个人值。", "person")
    conflicts = standing_of(session, [duty]).obstacles({slot_of(duty): person_id})
    require_possible(conflicts, confirmed=confirmed, by_manager=True)
    before = duty.person_id
    standing = _give(session, actor, now, duty, person_id, Assigned.SET, reason.strip())
    if before is not None:
        note_set(session, actor, now, duty, before, person_id, reason.strip())
    drop_overtaken(session, actor=actor, now=now, duty_ids=[duty.id])
    return standing


def drop_overtaken(session: Session, *, actor: Actor, now: datetime, duty_ids: Sequence[int]) -> None:
    """Open swaps of duties that have changed hands otherwise are cancelled, so that nobody waits for nothing."""
    for swap in open_swaps_of(session, duty_ids):
        _decide(session, actor, now, swap, SwapState.CANCELLED, "duty_swap.cancel", OVERTAKEN)


def withdraw_swaps(
    session: Session, *, actor: Actor, now: datetime, swaps: Sequence[DutySwap], reason: str
) -> None:
    """Open ones that cannot go on, since one of the two leaves."""
    for swap in swaps:
        _decide(session, actor, now, swap, SwapState.CANCELLED, "duty_swap.cancel", reason)


def note_set(
    session: Session, actor: Actor, now: datetime, duty: Duty, before: int, after: int, reason: str
) -> None:
    """A line among the swaps, so that both see what became of the duty, and the calendar of who stood there too."""
    swap = DutySwap(
        uid=new_uid(),
        unit_id=duty.unit_id,
        duty_id=duty.id,
        person_id=before,
        other_person_id=after,
        reason=reason,
        state=SwapState.APPROVED.value,
        asked_at=now,
        decided_at=now,
        decided_by_id=actor.person_id,
        decision="直接换人",
    )
    session.add(swap)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="duty_swap.note",
        subject=swap,
        label=label_of(duty),
        after=audit.values_of(swap),
        reason=reason,
    )


def conflicts_of(session: Session, swap: DutySwap) -> tuple[Conflict, ...]:
    """What speaks against a swap as the rosters stand now."""
    return _conflicts(session, swap.duty, swap.other_duty, swap.other_person_id)


def _conflicts(session: Session, duty: Duty, other: Duty | None, person_id: int) -> tuple[Conflict, ...]:
    duties = [duty] if other is None else [duty, other]
    moves = {slot_of(duty): person_id}
    if other is not None:
        moves[slot_of(other)] = duty.person_id or 0
    return standing_of(session, duties).obstacles(moves)


def _asked_for(session: Session, duty: Duty, data: SwapData) -> tuple[Duty | None, int]:
    """The other's duty, where one is wanted in exchange, and the other."""
    other = duty_now(session, data.other_duty_id) if data.other_duty_id is not None else None
    if other is not None and other.version != data.other_version:
        raise RuleViolation("对方的班刚有变动，请重新选择。", "other")
    person_id = other.person_id if other else data.other_person_id
    if person_id is None or (data.other_duty_id is not None and other is None):
        raise RuleViolation("请选择与谁调。", "other")
    if person_id == duty.person_id:
        raise RuleViolation("不能与自己调班。", "other")
    if other is not None and other.roster.scheme_id != duty.roster.scheme_id:
        raise RuleViolation("只能与同一个值班表里的班对换。", "other")
    if person_id not in with_account(session, [person_id]):
        raise RuleViolation("对方没有可用的账号，答复不了；请找值班管理人员直接换人。", "other")
    return other, person_id


def _require_fresh(duty: Duty, version: int, now: datetime) -> None:
    if duty.version != version:
        raise StaleVersion
    if is_over(duty.ends_at, now):
        raise RuleViolation("这个班已经值完，不能再调。")


def _require_not_asked(session: Session, duty: Duty, other: Duty | None) -> None:
    for swap in open_swaps_of(session, [duty.id, *([other.id] if other else [])]):
        if swap.duty_id == duty.id:
            raise RuleViolation("这个班已经提出过调班，还没有办完；要改请先取消那一份。")
        if swap.other_duty_id == duty.id:
            raise RuleViolation(f"{swap.person.name}已经提出要换您这个班，请先答复那一份。")
        raise RuleViolation("对方的这个班已经在调，请另选。", "other")


def _require_unchanged(swap: DutySwap, now: datetime) -> None:
    """What was agreed still stands, and is not over."""
    duties = [(swap.duty, swap.person_id)]
    if swap.other_duty is not None:
        duties.append((swap.other_duty, swap.other_person_id))
    for duty, person_id in duties:
        if is_over(duty.ends_at, now):
            raise RuleViolation(f"{label_of(duty)}的班已经值完，不能再调。")
        roster = duty.roster
        if duty.person_id != person_id or roster.is_void or not roster.is_published:
            raise RuleViolation(f"{label_of(duty)}的班已另有安排，这份申请不能再办，请取消。")


def _require_state(swap: DutySwap, version: int, *states: SwapState) -> None:
    state = SwapState(swap.state)
    if state not in states:
        raise RuleViolation(f"这份申请现在是“{state.label}”，不能再这样办。")
    if swap.version != version:
        raise StaleVersion


def _require_mine(actor: Actor, person_id: int) -> None:
    if actor.person_id != person_id:
        raise RuleViolation("只有本人能办。")


def _require_nobody_else(session: Session, swap: DutySwap) -> None:
    others = other_approvers(session, swap.unit, (swap.person_id, swap.other_person_id))
    if others:
        raise RuleViolation(f"这份调班有您本人，请由{'、'.join(others[:3])}批准。")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleViolation("请写明理由。", "reason")


def _give(
    session: Session,
    actor: Actor,
    now: datetime,
    duty: Duty,
    person_id: int,
    how: Assigned,
    reason: str,
) -> Duty:
    return give_to(session, actor=actor, now=now, duty=duty, person_id=person_id, how=how, reason=reason)


def _answer(
    session: Session, actor: Actor, now: datetime, swap: DutySwap, state: SwapState, action: str, reason: str
) -> None:
    before = audit.values_of(swap)
    swap.answered_at = now
    swap.decision = reason.strip()
    _turn(session, actor, now, swap, state, action, before, reason)


def _decide(
    session: Session, actor: Actor, now: datetime, swap: DutySwap, state: SwapState, action: str, words: str
) -> None:
    before = audit.values_of(swap)
    swap.decided_at, swap.decided_by_id = now, actor.person_id
    swap.decision = words.strip()
    _turn(session, actor, now, swap, state, action, before, words)


def _turn(
    session: Session,
    actor: Actor,
    now: datetime,
    swap: DutySwap,
    state: SwapState,
    action: str,
    before: audit.Values,
    words: str,
) -> None:
    swap.state = state.value
    swap.version += 1
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=swap,
        label=label_of(swap.duty),
        before=before,
        after=audit.values_of(swap),
        reason=words,
    )
