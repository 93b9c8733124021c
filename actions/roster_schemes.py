"""班次设置: making, changing and closing a rota, with its posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from models.base import new_uid
from models.duty_desk import SpecialPeriod
from models.organisation import Unit
from models.roster import RosterMember, RosterMemberPost, RosterPost, RosterScheme
from queries.doubled_days import is_in_line
from queries.roster_schemes import live_posts, used_posts, villages_of, whole_scheme
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor
from rules.roster_rules import PostValues, SchemeValues, check_scheme
from rules.roster_words import Pattern, RosterKind
from rules.taxonomy import VILLAGE_LEVEL


@dataclass(frozen=True)
class PostData:
    """A post as typed; `id` of one that is there already, `number` its row in the form."""

    number: int
    name: str
    starts: time | None
    ends: time | None
    need: int | None = 1
    weight: int | None = 1
    id: int | None = None
    at_unit_id: int | None = None


@dataclass(frozen=True)
class SchemeData:
    """A rota as typed: shape checked, rules not yet asked."""

    unit_id: int
    kind: RosterKind
    name: str
    pattern: Pattern
    days: tuple[int, ...]
    puts_off: bool
    rest_hours: int | None
    most_in_row: int | None
    place: str
    telephone: str
    posts: tuple[PostData, ...]
    period_id: int | None = None


def make_scheme(
    session: Session, *, actor: Actor, now: datetime, today: date, data: SchemeData, submission_key: str = ""
) -> RosterScheme:
    """A new rota without people. Sent twice with one key it is made once. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, RosterScheme)
    if made is not None:
        return session.get_one(RosterScheme, made)
    unit = _office(session, actor, data.unit_id)
    _check(data)
    _require_new_name(session, unit.id, data.name)
    scheme = RosterScheme(
        uid=new_uid(),
        unit_id=unit.id,
        kind=data.kind.value,
        period_id=_period(session, data, unit),
        **_columns(data),
    )
    session.add(scheme)
    session.flush()
    villages = {village.id for village in villages_of(session, unit.id, today)}
    for position, post in enumerate(data.posts, start=1):
        session.add(_new_post(scheme, position, post, villages))
    _described(session, actor, now, scheme, "roster-scheme.add", {}, "")
    note_made(session, key=submission_key, actor=actor, now=now, subject=scheme)
    return scheme


def change_scheme(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    scheme: RosterScheme,
    version: int,
    data: SchemeData,
) -> None:
    """Other settings and posts; a post that was planned with is retired and succeeded, so that old rosters keep theirs.

    Raises StaleVersion, RuleViolation(s).
    """
    require_open(scheme, version)
    _check(data)
    if data.name != scheme.name:
        _require_new_name(session, scheme.unit_id, data.name)
    before = values_of(session, scheme)
    for name, value in _columns(data).items():
        setattr(scheme, name, value)
    _change_posts(
        session, now, scheme, data.posts, {v.id for v in villages_of(session, scheme.unit_id, today)}
    )
    _described(session, actor, now, scheme, "roster-scheme.change", before, "")


def close_scheme(
    session: Session, *, actor: Actor, now: datetime, scheme: RosterScheme, version: int, reason: str
) -> None:
    """It is planned no more; what was published stays. Raises StaleVersion, RuleViolation."""
    require_open(scheme, version)
    before = values_of(session, scheme)
    scheme.closed_at = now
    _described(session, actor, now, scheme, "roster-scheme.close", before, reason)


def require_open(scheme: RosterScheme, version: int) -> None:
    """Raises StaleVersion, RuleViolation."""
    if scheme.version != version:
        raise StaleVersion
    if scheme.closed_at is not None:
        raise RuleViolation("这套班次已停用，不能再改。")


def values_of(session: Session, scheme: RosterScheme) -> audit.Values:
    """A rota with all that belongs to it, in words, as its history shows it."""
    session.flush()
    whole = whole_scheme(session, scheme.id)
    names = {member.person_id: member.person.name for member in whole.members}
    return audit.values_of(
        scheme,
        posts=[_post_words(post) for post in live_posts(whole)],
        members=[_member_words(member, whole) for member in whole.members],
        pairs=[
            f"{names.get(p.one_id, '')}{'与' if p.together else '不与'}{names.get(p.other_id, '')}同班"
            for p in whole.pairs
        ],
    )


def changed(
    session: Session, actor: Actor, now: datetime, scheme: RosterScheme, action: str, before: audit.Values
) -> None:
    """The rest of a change: the version goes up, the audit says what became of it."""
    _described(session, actor, now, scheme, action, before, "")


def _described(
    session: Session,
    actor: Actor,
    now: datetime,
    scheme: RosterScheme,
    action: str,
    before: audit.Values,
    reason: str,
) -> None:
    if before:
        scheme.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=scheme,
        label=scheme.name,
        before=before,
        after=values_of(session, scheme),
        reason=reason,
    )


def _post_words(post: RosterPost) -> str:
    hours = f"{post.starts_at:%H:%M}—{post.ends_at:%H:%M}"
    return f"{post.name}（{hours}，{post.need} 人，分量 {post.weight}）"


def _member_words(member: RosterMember, scheme: RosterScheme) -> str:
    posts = {link.post_id for link in member.posts}
    parts = ["、".join(post.name for post in live_posts(scheme) if post.id in posts) or "无岗位"]
    parts += [f"{member.share}%"] if member.share != 100 else []
    parts += [f"{member.first_day} 起"] if member.first_day else []
    parts += [f"至 {member.last_day}"] if member.last_day else []
    parts += [f"AB岗 {member.deputy.name}"] if member.deputy else []
    return f"{member.person.name}（{'，'.join(parts)}）"


def _office(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        unit = load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能为本单位及下级单位设置班次。", "unit") from None
    if unit.category in {c.value for c in VILLAGE_LEVEL}:
        raise RuleViolation("村（社区）不单独排班，请选择乡镇、街道或县直单位。", "unit")
    return unit


def _period(session: Session, data: SchemeData, unit: Unit) -> int | None:
    """A special period of the unit itself or of an office above it."""
    if data.period_id is None:
        return None
    statement = select(SpecialPeriod).where(SpecialPeriod.id == data.period_id, is_in_line(unit.path))
    period = session.scalar(statement)
    if period is None or period.is_void or data.kind is not RosterKind.SPECIAL:
        raise RuleViolation("没有这个特殊时段，或者它不管本单位。", "period")
    return period.id


def _check(data: SchemeData) -> None:
    posts = [PostValues(p.number, p.name, p.starts, p.ends, p.need, p.weight) for p in data.posts]
    values = SchemeValues(data.name, data.pattern, data.days, data.rest_hours, data.most_in_row)
    problems = check_scheme(values, posts)
    if problems:
        raise RuleViolations(problems)


def _require_new_name(session: Session, unit_id: int, name: str) -> None:
    found = session.query(RosterScheme.id).filter_by(unit_id=unit_id, name=name, closed_at=None).first()
    if found is not None:
        raise RuleViolation(f"本单位已有名为“{name}”的班次。", "name")


def _columns(data: SchemeData) -> dict[str, object]:
    return {
        "name": data.name,
        "pattern": data.pattern.value,
        "pattern_days": ",".join(map(str, data.days)) if data.pattern is not Pattern.DAILY else "",
        "puts_off": data.puts_off and data.pattern is not Pattern.DAILY,
        "rest_hours": data.rest_hours,
        "most_in_row": data.most_in_row,
        "place": data.place,
        "telephone": data.telephone,
    }


def _new_post(scheme: RosterScheme, position: int, data: PostData, villages: set[int]) -> RosterPost:
    return RosterPost(
        scheme_id=scheme.id,
        position=position,
        name=data.name,
        starts_at=data.starts,
        ends_at=data.ends,
        need=data.need,
        weight=data.weight,
        at_unit_id=data.at_unit_id if data.at_unit_id in villages else None,
    )


def _change_posts(
    session: Session, now: datetime, scheme: RosterScheme, wanted: Sequence[PostData], villages: set[int]
) -> None:
    present = {post.id: post for post in live_posts(whole_scheme(session, scheme.id))}
    used = used_posts(session, scheme.id)
    kept: set[int] = set()
    for position, data in enumerate(wanted, start=1):
        old = present.get(data.id or 0)
        if old is None:
            session.add(_new_post(scheme, position, data, villages))
            continue
        if old.id in used and _is_another(old, data):
            _succeed(session, scheme, old, _new_post(scheme, position, data, villages))
            continue
        kept.add(old.id)
        _take(old, position, data)
    for post in present.values():
        if post.id not in kept:
            post.retired_at = now
    session.flush()


def _is_another(post: RosterPost, data: PostData) -> bool:
    return (post.name, post.starts_at, post.ends_at, post.weight) != (
        data.name,
        data.starts,
        data.ends,
        data.weight,
    )


def _take(post: RosterPost, position: int, data: PostData) -> None:
    post.position, post.name = position, data.name
    post.starts_at, post.ends_at = data.starts or post.starts_at, data.ends or post.ends_at
    post.need, post.weight = data.need or post.need, data.weight or post.weight


def _succeed(session: Session, scheme: RosterScheme, old: RosterPost, new: RosterPost) -> None:
    """Who stood in the old post may stand in the new one."""
    new.at_unit_id = old.at_unit_id
    session.add(new)
    session.flush()
    for member in scheme.members:
        if any(link.post_id == old.id for link in member.posts):
            session.add(RosterMemberPost(member_id=member.id, post_id=new.id, scheme_id=scheme.id))
