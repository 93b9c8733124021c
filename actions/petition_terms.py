"""The office's own calendar years and limits: loaded, set and retired, each with what it moves."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.deadline_moves import write_moves
from actions.drafts import drop_draft, keep_draft
from models.base import Model
from models.deadline import CalendarYear, TimeLimitRow
from queries.deadline_moves import DeadlineMove, moves_under
from queries.terms import terms_of
from queries.terms_proposals import DRAFT, limit_name, own_limit, proposed_terms
from rules.calendar_sheet import read_calendar_csv
from rules.roles import Actor
from rules.terms_proposal import LimitProposal, Proposal, RetirementProposal, YearProposal, proposal_text


@dataclass(frozen=True)
class Applied:
    """How many clocks got other dates, those of them with less time, and petitions whose next due date changed."""

    moved: int
    earlier: int
    petitions: int


def keep_proposal(session: Session, *, actor: Actor, now: datetime, today: date, proposal: Proposal) -> None:
    """Put it forward, in place of an earlier one of this account. Raises as `proposed_terms`; nothing is applied."""
    proposed_terms(session, proposal, today)
    assert actor.account_id is not None
    text = proposal_text(proposal)
    keep_draft(session, account_id=actor.account_id, form=DRAFT, content=text, now=now)


def drop_proposal(session: Session, *, actor: Actor) -> None:
    drop_draft(session, account_id=actor.account_id, form=DRAFT)


def apply_proposal(
    session: Session, *, actor: Actor, now: datetime, today: date, proposal: Proposal
) -> Applied:
    """Store it and reckon anew the running clocks that it moves; what is closed keeps its dates.

    Raises as `proposed_terms`: a file that is loaded already changes nothing and is refused.
    """
    proposed_terms(session, proposal, today)
    if isinstance(proposal, YearProposal):
        subject: Model = _load_year(session, actor, now, proposal)
    elif isinstance(proposal, LimitProposal):
        subject = _set_limit(session, actor, now, proposal)
    else:
        subject = _retire_limit(session, actor, now, proposal)
    moves = moves_under(session, terms_of(session))
    applied = Applied(len(moves), sum(m.earlier for m in moves), write_moves(session, moves))
    if moves:
        note_moves(session, actor=actor, now=now, subject=subject, moves=moves, petitions=applied.petitions)
    drop_proposal(session, actor=actor)
    return applied


def note_moves(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    subject: Model | tuple[str, int | None],
    moves: list[DeadlineMove],
    petitions: int,
) -> None:
    """One entry for all: what moved them is named, and how many."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action="deadline.move",
        subject=subject,
        label=f"{len(moves)} 个期限",
        after={"moved": len(moves), "earlier": sum(m.earlier for m in moves), "petitions": petitions},
        tables=("deadline", "petition"),
    )


def _load_year(session: Session, actor: Actor, now: datetime, proposal: YearProposal) -> CalendarYear:
    year = read_calendar_csv(proposal.text)
    row = session.get(CalendarYear, year.year)
    before = audit.values_of(row) if row else {}
    if row is None:
        row = CalendarYear(year=year.year, version=0)
        session.add(row)
    row.notice = "、".join(year.notices)[:80]
    row.days, row.loaded_at, row.version = proposal.text, now, row.version + 1
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="calendar-year.load",
        subject=row,
        label=f"{year.year} 年",
        before=before,
        after=audit.values_of(row),
    )
    return row


def _set_limit(session: Session, actor: Actor, now: datetime, proposal: LimitProposal) -> TimeLimitRow:
    row = TimeLimitRow(
        key=proposal.key,
        days=proposal.days,
        counted_in=proposal.unit,
        valid_from=proposal.valid_from,
        basis=proposal.basis.strip(),
        set_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="time-limit.set",
        subject=row,
        label=limit_name(row.key),
        after=audit.values_of(row),
    )
    return row


def _retire_limit(
    session: Session, actor: Actor, now: datetime, proposal: RetirementProposal
) -> TimeLimitRow:
    row = own_limit(session, proposal.limit_id)
    row.retired_at = now
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="time-limit.retire",
        subject=row,
        label=limit_name(row.key),
        before={"retired_at": None},
        after={"retired_at": now.isoformat()},
        reason=proposal.reason,
    )
    return row
