"""值班表: storing what was planned, setting days by hand and taking that back, publishing.

Planning itself happens outside of any transaction (`rostering.plan`); what it began from is checked again here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.duty_swaps import drop_overtaken, note_set
from actions.once import already_made, note_made
from actions.roster_leader_days import WrittenDays, write_days
from models.base import new_uid
from models.duty_desk import SpecialPeriod
from models.roster import Duty, Roster, RosterEdition, RosterPost, RosterScheme
from queries.roster_accounts import settlement
from queries.roster_problem import problem_of
from queries.roster_rows import assigned_of, duties_of, slot_of
from queries.roster_schemes import whole_scheme
from queries.roster_terms import terms_text
from queries.rosters import overlapping
from rules.duty_changes import may_have_been_confirmed
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor
from rules.roster import Conflict, RosterAnswer, Slot
from rules.roster_conflicts import conflicts
from rules.roster_rules import check_span, moments
from rules.roster_words import Assigned, RosterRule, Severity

MOST_TOLD = 5
UNDONE = "撤回手工调整"


@dataclass(frozen=True)
class DayChange:
    """What a hand wants of one duty: this person, or nobody (an empty post), held fast or not.

    `version` is that of the duty as it was shown.
    """

    duty_id: int
    version: int
    person_id: int | None
    locked: bool


def store_plan(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    scheme: RosterScheme,
    version: int,
    first: date,
    last: date,
    answer: RosterAnswer,
    submission_key: str = "",
) -> Roster:
    """A draft of what was planned; `version` is that of the rota when its problem was read.

    Raises StaleVersion, RuleViolation(s) on `first_day`, `last_day`.
    """
    made = already_made(session, submission_key, actor, Roster)
    if made is not None:
        return session.get_one(Roster, made)
    require_span(session, scheme, first, last, today)
    if scheme.version != version:
        raise StaleVersion
    roster = Roster(
        uid=new_uid(), scheme_id=scheme.id, unit_id=scheme.unit_id, first_day=first, last_day=last,
        planned_at=now, planned_by_id=actor.person_id, proven=answer.proven, provisional=_guessed(answer),
    )  # fmt: skip
    session.add(roster)
    session.flush()
    _add_duties(session, roster, answer, sorted(answer.problem.slots))
    _record(session, actor, now, roster, "roster.plan", after=_facts(roster, answer))
    note_made(session, key=submission_key, actor=actor, now=now, subject=roster)
    return roster


def require_span(
    session: Session,
    scheme: RosterScheme,
    first: date | None,
    last: date | None,
    today: date,
    besides: int = 0,
) -> None:
    """Asked before planning, which takes a while, and again when it is stored. Raises RuleViolation(s)."""
    if scheme.closed_at is not None:
        raise RuleViolation("这套班次已停用。", "scheme")
    problems = check_span(first, last, today)
    if problems or first is None or last is None:
        raise RuleViolations(problems)
    _require_within_period(session, scheme, first, last)
    other = overlapping(session, scheme.id, first, last, besides=besides)
    if other is not None:
        state = "已发布的班表" if other.is_published else "未发布的草稿"
        raise RuleViolation(
            f"与{state}（{other.first_day} 至 {other.last_day}）日子重叠，同一天不能排两次。", "first_day"
        )


def _require_within_period(session: Session, scheme: RosterScheme, first: date, last: date) -> None:
    """A rota made for a special period is planned for its days only."""
    period = session.get(SpecialPeriod, scheme.period_id) if scheme.period_id is not None else None
    if period is None:
        return
    if period.is_void:
        raise RuleViolation(f"特殊时段“{period.name}”已作废，不能再排。", "first_day")
    days = f"{period.first_day} 至 {period.last_day}"
    if first < period.first_day:
        raise RuleViolation(f"这套班次只用于“{period.name}”（{days}），不能从更早的日子排起。", "first_day")
    if last > period.last_day:
        raise RuleViolation(f"这套班次只用于“{period.name}”（{days}），不能排到更晚的日子。", "last_day")


def store_again(
    session: Session, *, actor: Actor, now: datetime, roster: Roster, version: int, answer: RosterAnswer
) -> None:
    """A draft planned anew; what is locked stays. Raises StaleVersion, RuleViolation."""
    require_replannable(roster, version)
    duties = duties_of(session, roster.id)
    before = _words_of(duties)
    for duty in duties:
        if not duty.locked:
            _put(duty, answer.assigned.get(slot_of(duty)), Assigned.PLANNED)
    roster.proven, roster.planned_at, roster.planned_by_id = answer.proven, now, actor.person_id
    roster.findings, roster.provisional = "{}", _guessed(answer)
    _changed(session, actor, now, roster, "roster.repeat", before)


def require_replannable(roster: Roster, version: int) -> None:
    """Asked before planning and again when it is stored. Raises StaleVersion, RuleViolation."""
    require_live(roster, version)
    if roster.is_published:
        raise RuleViolation(
            "已发布的班表不能整张重排，请改个别日子；后面的日子要重排，请用“截至今天”，再另排一份。"
        )


def store_extension(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    roster: Roster,
    version: int,
    scheme_version: int,
    last: date,
    answer: RosterAnswer,
) -> int:
    """A draft's days after its last one, those before as they stand; gives how many duties came.

    `scheme_version` is that of the rota when its problem was read. Raises StaleVersion, RuleViolation(s).
    """
    require_live(roster, version)
    require_extensible(session, roster, last, today)
    if roster.scheme.version != scheme_version:
        raise StaleVersion
    present = {slot_of(duty) for duty in duties_of(session, roster.id)}
    new = [slot for slot in sorted(answer.problem.slots) if slot not in present]
    before = {"last_day": roster.last_day.isoformat()}
    roster.last_day, roster.proven, roster.findings = last, answer.proven, "{}"
    roster.provisional = json.dumps(json.loads(_guessed(answer)) | _known_guesses(roster))
    _add_duties(session, roster, answer, new)
    roster.version += 1
    _record(session, actor, now, roster, "roster.extend", before=before, after={"last_day": last.isoformat()})
    return len(new)


def require_extensible(session: Session, roster: Roster, last: date, today: date) -> None:
    """Asked before planning and again when it is stored. Raises RuleViolation(s)."""
    if roster.is_published:
        raise RuleViolation("已发布的班表不能延长，后面的日子请另排一份。")
    if last <= roster.last_day:
        raise RuleViolation(f"延长后的截止日期应晚于 {roster.last_day}。", "last_day")
    require_span(session, roster.scheme, roster.first_day, last, today, besides=roster.id)


def set_days(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    roster: Roster,
    version: int,
    changes: Sequence[DayChange],
    reason: str = "",
) -> int:
    """People put in by hand, or taken out; gives how many duties changed. What is set is held fast.

    A published roster asks a reason, and refuses what breaks a rule. Raises StaleVersion, RuleViolation(s).
    """
    require_live(roster, version)
    if roster.is_published and len(reason.strip()) < 2:
        raise RuleViolation("班表已发布，请写明改动的理由。", "reason")
    by_id = {duty.id: duty for duty in duties_of(session, roster.id)}
    wanted = [(by_id[c.duty_id], c) for c in changes if c.duty_id in by_id]
    if any(duty.version != c.version for duty, c in wanted):
        raise StaleVersion
    changing = [(d, c) for d, c in wanted if (d.person_id, d.locked) != (c.person_id, c.locked)]
    if not changing:
        return 0
    before, undo = _words_of(list(by_id.values())), [_kept(duty) for duty, _ in changing]
    moved = [(duty, duty.person_id) for duty, c in changing if duty.person_id != c.person_id]
    if roster.is_published:
        _require_none_runs([duty for duty, _ in moved], now)
    for duty, change in changing:
        _set(duty, change, is_published=roster.is_published, reason=reason)
    session.flush()
    if roster.is_published:
        require_no_hard_conflicts(session, roster, today, {slot_of(duty) for duty, _ in moved})
    roster.findings = json.dumps({"undo": undo}, ensure_ascii=False)
    roster.proven = roster.proven and not moved
    _changed(session, actor, now, roster, "roster.set", before, reason)
    if roster.is_published and moved:
        days = {duty.day for duty, _ in moved}
        write_days(session, actor=actor, now=now, today=today, roster=roster, days=days)
        _note_moved(session, actor, now, moved, reason.strip())
        drop_overtaken(session, actor=actor, now=now, duty_ids=[duty.id for duty, _ in moved])
    return len(changing)


def _require_none_runs(duties: Sequence[Duty], now: datetime) -> None:
    """A running duty is divided, not rewritten (`actions.duty_moves`): who stood until now stood there."""
    for duty in duties:
        if duty.starts_at <= now < duty.ends_at:
            raise RuleViolation(f"{duty.day} 的班正在值，请到“当前值班”里换人，前一段仍记在原来的人名下。")


def may_undo(roster: Roster) -> bool:
    return bool(_undo_of(roster))


def undo_days(
    session: Session, *, actor: Actor, now: datetime, today: date, roster: Roster, version: int
) -> int:
    """The last change by hand taken back; gives how many duties went back.

    In a published roster it is a change like any other: of days to come only, and it breaks no rule. Raises StaleVersion,
    RuleViolation.
    """
    require_live(roster, version)
    kept = _undo_of(roster)
    if not kept:
        raise RuleViolation("没有可以撤回的手工调整。")
    duties = duties_of(session, roster.id)
    before, by_id = _words_of(duties), {duty.id: duty for duty in duties}
    changing = [by_id[old["duty"]] for old in kept if by_id[old["duty"]].person_id != old["person"]]
    moved = [(duty, duty.person_id) for duty in changing]
    if roster.is_published:
        _require_none_began([duty for duty, _ in moved], now)
    for old in kept:
        _put_back(by_id[old["duty"]], old)
    session.flush()
    if roster.is_published:
        require_no_hard_conflicts(session, roster, today, {slot_of(duty) for duty, _ in moved})
    roster.findings = "{}"
    _changed(session, actor, now, roster, "roster.undo", before)
    if roster.is_published and moved:
        days = {duty.day for duty, _ in moved}
        write_days(session, actor=actor, now=now, today=today, roster=roster, days=days)
        _note_moved(session, actor, now, moved, UNDONE)
        drop_overtaken(session, actor=actor, now=now, duty_ids=[duty.id for duty, _ in moved])
    return len(kept)


def _require_none_began(duties: Sequence[Duty], now: datetime) -> None:
    for duty in duties:
        if duty.starts_at <= now:
            raise RuleViolation(f"{duty.day} 的班已经开始，不能撤回；正在值的班请到“当前值班”里换人。")


def _note_moved(
    session: Session, actor: Actor, now: datetime, moved: Sequence[tuple[Duty, int | None]], reason: str
) -> None:
    """`moved`: the duty and who stood there before. An empty post has nobody to be told."""
    for duty, before in moved:
        if before is not None and duty.person_id is not None:
            note_set(session, actor, now, duty, before, duty.person_id, reason)


def _put_back(duty: Duty, old: Mapping[str, Any]) -> None:
    duty.person_id, duty.assigned, duty.locked = old["person"], old["assigned"], old["locked"]
    duty.original_person_id, duty.reason = old["original"], old["reason"]
    duty.version += 1


def publish_roster(
    session: Session, *, actor: Actor, now: datetime, today: date, roster: Roster, version: int
) -> WrittenDays | None:
    """A new edition, kept whole; with the first one leaders' days go into the public 接访安排, and what was written there
    is given back. Later changes went there when they were made.

    Raises StaleVersion, RuleViolation where a day to come breaks a rule that binds, or nothing changed.
    """
    require_live(roster, version)
    rows = _edition_rows(duties_of(session, roster.id))
    if roster.is_published and rows == _last_rows(session, roster):
        raise RuleViolation(f"发布第 {roster.edition} 版以后没有改动，不用再发布。")
    require_no_hard_conflicts(session, roster, today)
    add_edition(session, actor, now, roster)
    _record(session, actor, now, roster, "roster.publish", after={"edition": roster.edition})
    if roster.edition > 1:
        return None
    return write_days(session, actor=actor, now=now, today=today, roster=roster)


def add_edition(session: Session, actor: Actor, now: datetime, roster: Roster) -> None:
    """The roster as it stands, kept whole under the next number; nothing from before it is taken back over it."""
    rows, settled = _edition_rows(duties_of(session, roster.id)), settlement(session, roster)
    roster.edition += 1
    roster.published_at, roster.findings = now, "{}"
    roster.version += 1
    session.add(
        RosterEdition(
            roster_id=roster.id, number=roster.edition, published_at=now, published_by_id=actor.person_id,
            rows=json.dumps(rows, ensure_ascii=False), terms=terms_text(whole_scheme(session, roster.scheme_id)),
            settled_to=settled.to if settled else None, settled=settled.text if settled else "",
        )
    )  # fmt: skip


def require_live(roster: Roster, version: int) -> None:
    """Raises StaleVersion, RuleViolation."""
    if roster.version != version:
        raise StaleVersion
    if roster.is_void:
        raise RuleViolation("这张班表已作废，不能再改。")


def require_no_hard_conflicts(
    session: Session, roster: Roster, today: date, within: set[Slot] | None = None
) -> None:
    """Of days from today on; with `within`, only those that touch one of these seats. Raises RuleViolation.

    In a published roster that is looked at whole, what a swap or a manager has confirmed since then stands.
    """
    duties = duties_of(session, roster.id)
    by_hand = _by_hand(duties) if roster.is_published and within is None else frozenset()
    found = [
        c.text
        for c in conflicts(problem_of(session, roster, keeps_all=True), assigned_of(duties))
        if c.severity is Severity.HARD
        and any(slot.day >= today for slot in c.slots)
        and (within is None or within.intersection(c.slots))
        and not _was_confirmed(c, by_hand)
    ]
    if found:
        more = f"等 {len(found)} 处" if len(found) > MOST_TOLD else ""
        raise RuleViolation(f"先改好必须改的：{''.join(found[:MOST_TOLD])}{more}")


def _by_hand(duties: Sequence[Duty]) -> frozenset[Slot]:
    return frozenset(slot_of(duty) for duty in duties if duty.assigned != Assigned.PLANNED.value)


def _was_confirmed(conflict: Conflict, by_hand: frozenset[Slot]) -> bool:
    """Somebody put a person there knowing it; of those who must come together, it is the other's seat that was given."""
    if not may_have_been_confirmed(conflict.rule):
        return False
    if conflict.rule is RosterRule.TOGETHER:
        return bool({slot.day for slot in conflict.slots} & {slot.day for slot in by_hand})
    return not by_hand.isdisjoint(conflict.slots)


def label_of(roster: Roster) -> str:
    return f"{roster.scheme.name} {roster.first_day} 至 {roster.last_day}"


def _guessed(answer: RosterAnswer) -> str:
    """Days that were classed by their weekday alone, as JSON."""
    problem = answer.problem
    return json.dumps({day.isoformat(): problem.classes[day].value for day in sorted(problem.provisional)})


def _known_guesses(roster: Roster) -> dict[str, str]:
    """Of the days planned before: what they were planned as stays."""
    found: dict[str, str] = json.loads(roster.provisional or "{}")
    return found


def _add_duties(session: Session, roster: Roster, answer: RosterAnswer, slots: Sequence[Slot]) -> None:
    posts = {post.id: post for post in answer.problem.posts}
    for slot in slots:
        post = posts[slot.post_id]
        starts_at, ends_at = moments(slot.day, post.starts, post.ends)
        fixed = answer.problem.fixed_at.get(slot)
        session.add(
            Duty(
                roster_id=roster.id, unit_id=roster.unit_id, post_id=slot.post_id, day=slot.day,
                seat=slot.seat + 1, starts_at=starts_at, ends_at=ends_at,
                person_id=answer.assigned.get(slot),
                assigned=(fixed.how if fixed else Assigned.PLANNED).value,
            )
        )  # fmt: skip
    session.flush()


def _put(duty: Duty, person_id: int | None, how: Assigned) -> None:
    if duty.person_id == person_id and duty.assigned == how.value:
        return
    duty.person_id, duty.assigned, duty.reason = person_id, how.value, ""
    duty.version += 1


def _set(duty: Duty, change: DayChange, *, is_published: bool, reason: str) -> None:
    if duty.person_id != change.person_id:
        if is_published:
            first = duty.original_person_id or duty.person_id
            duty.original_person_id = first if first != change.person_id else None
        duty.person_id, duty.assigned, duty.reason = change.person_id, Assigned.SET.value, reason.strip()
        duty.locked = True
    else:
        duty.locked = change.locked
    duty.version += 1


def _kept(duty: Duty) -> dict[str, Any]:
    return {
        "duty": duty.id,
        "person": duty.person_id,
        "assigned": duty.assigned,
        "locked": duty.locked,
        "original": duty.original_person_id,
        "reason": duty.reason,
    }


def _undo_of(roster: Roster) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(roster.findings or "{}").get("undo", [])
    return found


def _edition_rows(duties: Sequence[Duty]) -> list[dict[str, Any]]:
    return [
        {
            "day": duty.day.isoformat(),
            "post_id": duty.post_id,
            "post": duty.post.name,
            "seat": duty.seat,
            "person_id": duty.person_id,
            "name": duty.person.name if duty.person else "",
        }
        for duty in duties
    ]


def _last_rows(session: Session, roster: Roster) -> list[dict[str, Any]]:
    last = session.query(RosterEdition).filter_by(roster_id=roster.id, number=roster.edition).one()
    found: list[dict[str, Any]] = json.loads(last.rows)
    return found


def _words_of(duties: Sequence[Duty]) -> audit.Values:
    """Day and post → name, as the history shows what a hand did."""
    return {_seat_words(duty, duty.post): _person_words(duty) for duty in duties}


def _seat_words(duty: Duty, post: RosterPost) -> str:
    seat = f" {duty.seat}" if post.need > 1 else ""
    return f"{duty.day} {post.name}{seat}"


def _person_words(duty: Duty) -> str:
    name = duty.person.name if duty.person else "空岗"
    return f"{name}（锁定）" if duty.locked else name


def _facts(roster: Roster, answer: RosterAnswer) -> Mapping[str, Any]:
    return {
        "first_day": roster.first_day.isoformat(),
        "last_day": roster.last_day.isoformat(),
        "duties": len(answer.problem.slots),
        "empty": len(answer.empty),
    }


def _changed(
    session: Session,
    actor: Actor,
    now: datetime,
    roster: Roster,
    action: str,
    before: audit.Values,
    reason: str = "",
) -> None:
    roster.version += 1
    session.flush()
    after = _words_of(duties_of(session, roster.id))
    _record(session, actor, now, roster, action, before=before, after=after, reason=reason)


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    roster: Roster,
    action: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=roster,
        label=label_of(roster),
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
    )
