"""Who takes part in a rota: several people at once, their posts, shares and deputies; who must and must not meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.roster_schemes import changed, require_open, values_of
from models.roster import RosterMember, RosterMemberPost, RosterPair, RosterScheme
from models.staff import Person
from queries.roster_schemes import has_rosters, live_posts, whole_scheme
from rules.errors import RuleViolation, RuleViolations
from rules.roles import Actor
from rules.roster_rules import SHARES

MOST_MEMBERS = 200
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MemberData:
    """One row of the table of members. `number` is its place in the form, `leaves` ends the membership."""

    number: int
    member_id: int
    position: int | None
    first_day: date | None
    last_day: date | None
    share: int | None
    posts: frozenset[int]
    field: str = ""
    deputy_id: int | None = None
    leaves: bool = False


@dataclass(frozen=True)
class PairData:
    number: int
    one_id: int | None
    other_id: int | None
    together: bool


def add_members(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    scheme: RosterScheme,
    version: int,
    person_ids: Sequence[int],
    post_ids: Collection[int] = (),
) -> int:
    """People at the end of the order, in these posts or in all. Gives how many are new; who was in before comes back.

    In a rota that has been planned, somebody new takes part from today on and owes nothing for the time before.
    Raises StaleVersion, RuleViolation on `people`.
    """
    require_open(scheme, version)
    wanted = list(dict.fromkeys(person_ids))
    if not wanted:
        raise RuleViolation("请至少选一个人。", "people")
    whole = whole_scheme(session, scheme.id)
    if len(whole.members) + len(wanted) > MOST_MEMBERS:
        raise RuleViolation(f"一套班次最多 {MOST_MEMBERS} 人。", "people")
    before = values_of(session, scheme)
    present = {member.person_id: member for member in whole.members}
    posts = [p.id for p in live_posts(whole) if not post_ids or p.id in post_ids]
    first_day = today if has_rosters(session, scheme.id) else None
    new = [person_id for person_id in _known(session, wanted) if person_id not in present]
    for person_id in wanted:
        if person_id in present and present[person_id].last_day is not None:
            present[person_id].last_day = None
    for position, person_id in enumerate(new, start=len(present) + 1):
        _join(session, scheme, person_id, position, first_day, posts)
    session.flush()
    changed(session, actor, now, scheme, "roster-scheme.members", before)
    return len(new)


def change_members(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    scheme: RosterScheme,
    version: int,
    rows: Sequence[MemberData],
) -> None:
    """Order, days, shares, posts, deputies of the members named. Raises StaleVersion, RuleViolations on `member-0-share` …"""
    require_open(scheme, version)
    whole = whole_scheme(session, scheme.id)
    members = {member.id: member for member in whole.members}
    posts = {post.id for post in live_posts(whole)}
    problems = [p for row in rows for p in _problems(row, members)]
    if problems:
        raise RuleViolations(problems)
    before = values_of(session, scheme)
    for row in rows:
        _change(session, members[row.member_id], row, posts, today)
    session.flush()
    _renumber(whole)
    changed(session, actor, now, scheme, "roster-scheme.members", before)


def change_pairs(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    scheme: RosterScheme,
    version: int,
    rows: Sequence[PairData],
) -> None:
    """All pairs of a rota; one that is not among the rows is dropped. Raises StaleVersion, RuleViolations on `pair-0-one` …"""
    require_open(scheme, version)
    whole = whole_scheme(session, scheme.id)
    wanted = _pairs(rows, {member.person_id for member in whole.members})
    before = values_of(session, scheme)
    present = {(pair.one_id, pair.other_id): pair for pair in whole.pairs}
    for key, pair in present.items():
        if key not in wanted:
            session.delete(pair)
    for (one, other), together in wanted.items():
        if (one, other) in present:
            present[one, other].together = together
        else:
            session.add(RosterPair(scheme_id=scheme.id, one_id=one, other_id=other, together=together))
    session.flush()
    changed(session, actor, now, scheme, "roster-scheme.pairs", before)


def _known(session: Session, person_ids: Sequence[int]) -> list[int]:
    known = set(session.scalars(select(Person.id).where(Person.id.in_(person_ids))))
    return [person_id for person_id in person_ids if person_id in known]


def _join(
    session: Session,
    scheme: RosterScheme,
    person_id: int,
    position: int,
    first_day: date | None,
    posts: Sequence[int],
) -> None:
    member = RosterMember(scheme_id=scheme.id, person_id=person_id, position=position, first_day=first_day)
    session.add(member)
    session.flush()
    session.add_all(RosterMemberPost(member_id=member.id, post_id=p, scheme_id=scheme.id) for p in posts)


def _problems(row: MemberData, members: dict[int, RosterMember]) -> list[RuleViolation]:
    def at(field: str, message: str) -> RuleViolation:
        return RuleViolation(message, f"member-{row.number}-{field}")

    if row.member_id not in members:
        return [at("position", "这个人已经不在本班次里，请刷新页面。")]
    found = []
    if row.share not in SHARES:
        found.append(at("share", "份额应为 10 至 100，十的整倍数。"))
    if row.position is None:
        found.append(at("position", "次序请填数字。"))
    if row.first_day and row.last_day and row.last_day < row.first_day and not row.leaves:
        found.append(at("last_day", "截止日期早于起始日期。"))
    if row.deputy_id is not None and row.deputy_id == members[row.member_id].person_id:
        found.append(at("deputy", "AB岗不能是本人。"))
    if row.deputy_id is not None and row.deputy_id not in {m.person_id for m in members.values()}:
        found.append(at("deputy", "AB岗请选本班次里的人。"))
    return found


def _change(session: Session, member: RosterMember, row: MemberData, posts: set[int], today: date) -> None:
    member.position = row.position or 0
    member.first_day, member.last_day = row.first_day, row.last_day
    member.share = row.share or 100
    member.field, member.deputy_id = row.field, row.deputy_id
    if row.leaves:
        yesterday = today - _ONE_DAY
        member.last_day = min(row.last_day, yesterday) if row.last_day else yesterday
    linked = {link.post_id: link for link in member.posts}
    for post_id in (row.posts & posts) - linked.keys():
        session.add(RosterMemberPost(member_id=member.id, post_id=post_id, scheme_id=member.scheme_id))
    for post_id in (linked.keys() & posts) - row.posts:
        session.delete(linked[post_id])


def _renumber(scheme: RosterScheme) -> None:
    """1, 2, 3 … in the order that was typed; equal numbers keep the order they had."""
    for place, member in enumerate(sorted(scheme.members, key=lambda m: (m.position, m.id)), start=1):
        member.position = place


def _pairs(rows: Sequence[PairData], people: set[int]) -> dict[tuple[int, int], bool]:
    problems: list[RuleViolation] = []
    found: dict[tuple[int, int], bool] = {}
    for row in rows:
        if row.one_id not in people or row.other_id not in people:
            problems.append(RuleViolation("请选本班次里的两个人。", f"pair-{row.number}-one"))
        elif row.one_id == row.other_id:
            problems.append(RuleViolation("请选两个不同的人。", f"pair-{row.number}-other"))
        else:
            key = (min(row.one_id or 0, row.other_id or 0), max(row.one_id or 0, row.other_id or 0))
            if key in found:
                problems.append(RuleViolation("这两个人已在上面一行。", f"pair-{row.number}-other"))
            found[key] = row.together
    if problems:
        raise RuleViolations(problems)
    return found
