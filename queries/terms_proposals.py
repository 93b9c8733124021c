"""What an account has put forward, and the terms as they would be; what is known of calendars and limits now."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.deadline import CalendarYear as StoredYear
from models.deadline import TimeLimitRow
from queries.drafts import draft_of
from queries.terms import (
    OwnLimit,
    shipped_limits,
    terms_of,
    terms_with_limit,
    terms_with_year,
    terms_without_limit,
)
from rules.calendar_effects import Terms
from rules.calendar_sheet import read_calendar_csv
from rules.errors import NotVisible, RuleViolation
from rules.own_limits import require_own_limit, statute_on
from rules.roles import Actor
from rules.terms_proposal import LimitProposal, Proposal, YearProposal, proposal_from
from rules.time_limit_kinds import DayUnit, TimeLimit
from rules.time_limits import limit_on
from rules.work_calendar import CalendarYear, DayKind, WorkCalendar

DRAFT = "terms"
"""Under which form an account's proposal is kept."""

_FURTHEST_DAYS = 366


def proposal_of(session: Session, actor: Actor) -> Proposal | None:
    """The account's own, not applied yet."""
    text = draft_of(session, actor.account_id, DRAFT) if actor.account_id is not None else None
    return proposal_from(text) if text else None


def proposed_terms(session: Session, proposal: Proposal, today: date) -> Terms:
    """Raises RuleViolation or RuleViolations where the proposal may not be applied, or would change nothing."""
    if isinstance(proposal, YearProposal):
        return _with_year(session, proposal)
    if isinstance(proposal, LimitProposal):
        return _with_limit(session, proposal, today)
    own_limit(session, proposal.limit_id)
    return terms_without_limit(session, proposal.limit_id)


def _with_year(session: Session, proposal: YearProposal) -> Terms:
    year = read_calendar_csv(proposal.text)
    if year in terms_of(session).calendar.years:
        raise RuleViolation(f"{year.year} 年的安排与现在用的完全一样，没有要改的。", "file")
    return terms_with_year(session, proposal.text)


def _with_limit(session: Session, proposal: LimitProposal, today: date) -> Terms:
    statute = statute_on(shipped_limits(), proposal.key, proposal.valid_from)
    require_own_limit(
        statute, key=proposal.key, days=proposal.days, unit=DayUnit(proposal.unit), valid_from=proposal.valid_from,
        basis=proposal.basis,
    )  # fmt: skip
    assert statute is not None
    if not statute.valid_from < proposal.valid_from:
        raise RuleViolation(f"生效日期应晚于法定时限的施行日期 {statute.valid_from}。", "valid_from")
    if (proposal.valid_from - today).days > _FURTHEST_DAYS:
        raise RuleViolation("生效日期最多填到一年以后。", "valid_from")
    live = select(TimeLimitRow.id).filter_by(
        key=proposal.key, valid_from=proposal.valid_from, retired_at=None
    )
    if session.scalar(live) is not None:
        raise RuleViolation(f"{proposal.valid_from} 起已有一项本地要求，请先停用那一项。", "valid_from")
    added = OwnLimit(proposal.key, proposal.days, proposal.unit, proposal.valid_from, proposal.basis.strip())
    return terms_with_limit(session, added)


def own_limit(session: Session, limit_id: int) -> TimeLimitRow:
    """Raises NotVisible for one that is not there, or retired already."""
    row = session.get(TimeLimitRow, limit_id)
    if row is None or row.retired_at is not None:
        raise NotVisible("time_limit")
    return row


def proposal_sentence(session: Session, proposal: Proposal) -> str:
    """What would be done, in one sentence."""
    if isinstance(proposal, YearProposal):
        return year_sentence(read_calendar_csv(proposal.text))
    if isinstance(proposal, LimitProposal):
        length = _length(proposal.days, proposal.unit)
        name = limit_name(proposal.key)
        return f"“{name}”从 {proposal.valid_from} 起算的，改为 {length}（本地要求，依据：{proposal.basis}）。"
    row = own_limit(session, proposal.limit_id)
    length, reason = _length(row.days, row.counted_in), proposal.reason
    return f"停用“{limit_name(row.key)}”从 {row.valid_from} 起 {length}的本地要求（理由：{reason}）。"


def year_sentence(year: CalendarYear) -> str:
    off, worked = days_of(year, DayKind.OFF), days_of(year, DayKind.WORK)
    return f"{year.year} 年：{'、'.join(year.notices)}，放假 {len(off)} 天，调休上班 {len(worked)} 天。"


def days_of(year: CalendarYear, kind: DayKind) -> list[date]:
    return [special.day for special in year.days if special.kind is kind]


def limit_name(key: str) -> str:
    return next(limit.name for limit in shipped_limits() if limit.key == key)


def _length(days: int, unit: str) -> str:
    return f"{days} 个工作日" if unit == DayUnit.WORKING_DAY else f"{days} 日"


@dataclass(frozen=True)
class YearLine:
    """A year as the page shows it: one line for each festival."""

    year: int
    notice: str
    loaded: bool
    """By the office; otherwise it came with the system."""
    version: int
    off: int
    worked: int
    festivals: list[tuple[str, str, str]]
    """Name, days off, days worked instead, in words."""


def year_lines(session: Session, calendar: WorkCalendar) -> list[YearLine]:
    """Latest first; one statement."""
    stored = {year: version for year, version in session.execute(select(StoredYear.year, StoredYear.version))}
    return [_year_line(year, stored) for year in sorted(calendar.years, key=lambda y: -y.year)]


def _year_line(year: CalendarYear, stored: dict[int, int]) -> YearLine:
    off, worked = days_of(year, DayKind.OFF), days_of(year, DayKind.WORK)
    names = dict.fromkeys(special.name for special in year.days)
    festivals = [
        (
            name,
            _in_words([s.day for s in year.days if s.name == name and s.kind is DayKind.OFF]),
            _in_words([s.day for s in year.days if s.name == name and s.kind is DayKind.WORK]),
        )
        for name in names
    ]
    return YearLine(
        *(year.year, "、".join(year.notices), year.year in stored, stored.get(year.year, 0)),
        *(len(off), len(worked), festivals),
    )


def _in_words(days: list[date]) -> str:
    """2 月 15 日至 23 日, runs of days together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_run(run[0], run[-1]) for run in runs)


def _run(first: date, last: date) -> str:
    begin = f"{first.month} 月 {first.day} 日"
    if first == last:
        return begin
    end = f"{last.day} 日" if last.month == first.month else f"{last.month} 月 {last.day} 日"
    return f"{begin}至 {end}"


def missing_years(calendar: WorkCalendar, today: date) -> list[int]:
    """Of this year and the next: due dates of today fall in both."""
    covered = {year.year for year in calendar.years}
    return [year for year in (today.year, today.year + 1) if year not in covered]


@dataclass(frozen=True)
class LimitLine:
    """A limit as the page shows it: what holds for a clock that starts on the day, and the office's own versions."""

    limit: TimeLimit
    statute: TimeLimit
    rows: list[TimeLimitRow]


def limit_lines(session: Session, terms: Terms, today: date) -> list[LimitLine]:
    """Limits of petitions in force, in the order of the regulation; one statement."""
    rows = list(
        session.scalars(select(TimeLimitRow).order_by(TimeLimitRow.valid_from.desc(), TimeLimitRow.id.desc()))
    )
    found = []
    for key in dict.fromkeys(limit.key for limit in shipped_limits()):
        statute = statute_on(shipped_limits(), key, today)
        if statute is not None:
            found.append(
                LimitLine(limit_on(terms.limits, key, today), statute, [r for r in rows if r.key == key])
            )
    return found
