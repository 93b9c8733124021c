"""What is done about a line: the leader's instruction, unit and limit, the reply, finishing and reopening."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from actions import audit
from actions.desk.lines import change, require_current, require_open
from models.duty_desk import DeskDispatch, DeskEntry
from queries.desk_scope import dispatch_of_line
from rules.desk_rules import check_limit, check_moment, check_new_limit, check_text
from rules.desk_words import EntryKind
from rules.errors import RuleViolation, RuleViolations
from rules.roles import Actor


def instruct(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    version: int,
    text: str,
    instructed_by: str,
) -> None:
    """领导批示, written down by the desk or by the leader himself; a further one stands below the first.

    Raises StaleVersion, RuleViolation on `text` or `instructed_by`.
    """
    require_open(line, version)
    check_text(text, "批示内容", "text")
    check_text(instructed_by, "批示领导", "instructed_by")
    names = [*line.instructed_by.split("、"), instructed_by] if line.instructed_by else [instructed_by]
    values = {
        "instruction": _with_earlier(line, text, instructed_by),
        "instructed_by": "、".join(dict.fromkeys(names))[:60],
    }
    change(session, actor=actor, now=now, line=line, action="desk_entry.instruct", values=values)


def _with_earlier(line: DeskEntry, text: str, instructed_by: str) -> str:
    """As soon as there are two, each says whose it is."""
    earlier = line.instruction
    if not earlier:
        return text
    if line.instructed_by and not earlier.startswith(f"{line.instructed_by.split('、')[0]}："):
        earlier = f"{line.instructed_by}：{earlier}"
    return f"{earlier}\n{instructed_by}：{text}"


def assign(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    version: int,
    responsible_unit_id: int | None,
    due_at: datetime | None,
) -> None:
    """承办单位 and 回复时限. A limit that has passed stays. Raises StaleVersion, RuleViolation(s)."""
    require_open(line, version)
    if line.replied_at is not None and due_at != line.due_at:
        raise RuleViolation("已经回复，不能再改时限。", "due_at")
    check_new_limit(line.due_at, due_at, now)
    problems = list(check_limit(due_at, line.happened_at))
    if problems:
        raise RuleViolations(problems)
    values = {"responsible_unit_id": responsible_unit_id, "due_at": due_at}
    change(session, actor=actor, now=now, line=line, action="desk_entry.assign", values=values)


def reply(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    version: int,
    text: str,
    replied_at: datetime | None = None,
) -> None:
    """The answer to a line; without `replied_at` it is given now. A second one replaces the text, the moment stays
    that of the first. To a line that a dispatch brought, it goes back to the sender's.

    Raises StaleVersion, RuleViolation(s) on `text` or `replied_at`.
    """
    require_current(line, version)
    check_text(text, "回复内容", "text")
    moment = line.replied_at or _moment(line, now, replied_at)
    values = {"reply": text, "replied_at": moment}
    change(session, actor=actor, now=now, line=line, action="desk_entry.reply", values=values)
    dispatch = dispatch_of_line(session, line.id)
    if dispatch is not None:
        _send_back(session, actor, now, dispatch, text, moment)


def _moment(line: DeskEntry, now: datetime, replied_at: datetime | None) -> datetime:
    """Where the clock was set back after the line was entered, now counts as the moment of the line."""
    if replied_at is None:
        return max(now, line.happened_at)
    problems = list(check_moment(replied_at, now, "replied_at", "回复时间", since=line.happened_at))
    if problems:
        raise RuleViolations(problems)
    return replied_at


def _send_back(
    session: Session, actor: Actor, now: datetime, dispatch: DeskDispatch, text: str, moment: datetime
) -> None:
    dispatch.reply, dispatch.replied_at, dispatch.replied_by_id = text, moment, actor.person_id
    dispatch.version += 1
    session.flush()
    line = dispatch.entry
    audit.record(
        session,
        actor=actor,
        now=now,
        action="desk_dispatch.reply",
        subject=dispatch,
        label=line.number,
        before={"dispatch_reply": None},
        after={"dispatch_reply": f"{dispatch.unit.label}：{text}"},
    )
    _answer_by_dispatches(session, actor, now, line)


def _answer_by_dispatches(session: Session, actor: Actor, now: datetime, line: DeskEntry) -> None:
    """When all to whom a line was sent have answered, it is answered, unless its desk writes the reply itself: it has
    done so already, or must pass it on to who sent the line here."""
    sent = session.scalars(
        select(DeskDispatch)
        .where(DeskDispatch.entry_id == line.id, DeskDispatch.voided_at.is_(None))
        .options(joinedload(DeskDispatch.unit))
        .order_by(DeskDispatch.id)
    ).all()
    answered = [d.replied_at for d in sent if d.replied_at is not None]
    if len(answered) < len(sent) or line.is_void or line.done_at is not None:
        return
    if line.reply and not _stands_for_answers(line.reply, sent):
        return
    if _came_from_elsewhere(line) or dispatch_of_line(session, line.id) is not None:
        return
    values: dict[str, Any] = {"reply": _joined(sent), "replied_at": line.replied_at or max(answered)}
    change(session, actor=actor, now=now, line=line, action="desk_entry.reply", values=values)


def _came_from_elsewhere(line: DeskEntry) -> bool:
    """What another office asked of this desk is answered by this desk, whoever helped."""
    if line.source_unit_id is not None:
        return line.source_unit_id != line.unit_id
    return line.kind == EntryKind.INSTRUCTION


def _joined(sent: Sequence[DeskDispatch]) -> str:
    return "\n".join(f"{d.unit.label}：{d.reply}" for d in sent)


def _stands_for_answers(text: str, sent: Sequence[DeskDispatch]) -> bool:
    """Whether a reply was put together from answers, and not written by the desk."""
    return all(any(row.startswith(f"{d.unit.label}：") for row in text.splitlines()) for d in sent)


def finish(session: Session, *, actor: Actor, now: datetime, line: DeskEntry, version: int) -> None:
    """办结. A line with a limit must be answered first, and so must what was sent on with one.

    Raises StaleVersion, RuleViolation.
    """
    require_open(line, version)
    if line.due_at is not None and line.replied_at is None:
        raise RuleViolation("有回复时限的，登记回复后才能办结。")
    waiting = [d.unit.label for d in line.dispatches if not d.is_void and d.due_at and d.replied_at is None]
    if waiting:
        raise RuleViolation(f"转给{'、'.join(waiting)}的还没有回复，不能办结；不用办的请收回。")
    values = {"done_at": now, "done_by_id": actor.person_id}
    change(session, actor=actor, now=now, line=line, action="desk_entry.finish", values=values)


def reopen(
    session: Session, *, actor: Actor, now: datetime, line: DeskEntry, version: int, reason: str
) -> None:
    """重新办理. Raises StaleVersion, RuleViolation."""
    require_current(line, version)
    if line.done_at is None:
        raise RuleViolation("这条日志没有办结。")
    values = {"done_at": None, "done_by_id": None}
    change(session, actor=actor, now=now, line=line, action="desk_entry.reopen", values=values, reason=reason)
