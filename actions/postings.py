"""Where people serve, and how they are reached: the telephone book's rows."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from models.organisation import Unit
from models.pinyin import initials_of
from models.staff import Account, Person, Posting
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Actor


def add_person(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    name: str,
    unit: Unit,
    post: str = "",
    telephone: str = "",
) -> Person:
    """A member of staff without an account. Raises RuleViolation on `name` or `unit`."""
    name = name.strip()
    if not name:
        raise RuleViolation("请填写姓名。", "name")
    if not unit.is_open(today):
        raise RuleViolation(f"{unit.label}已撤销。", "unit")
    _refuse_twice(session, name, unit, post.strip())
    person = Person(name=name, initials=initials_of(name, 40), telephone=telephone.strip())
    session.add(person)
    session.flush()
    session.add(Posting(person_id=person.id, unit_id=unit.id, post=post.strip(), from_date=today))
    audit.record(
        session,
        actor=actor,
        now=now,
        action="person.add",
        subject=person,
        label=name,
        after=audit.values_of(person, post=post, unit_id=unit.id),
    )
    return person


def _refuse_twice(session: Session, name: str, unit: Unit, post: str) -> None:
    statement = (
        select(Posting.id)
        .join(Person)
        .where(
            Person.name == name, Posting.unit_id == unit.id, Posting.post == post, Posting.to_date.is_(None)
        )
    )
    if session.scalar(statement.limit(1)) is not None:
        raise RuleViolation(f"{unit.label}已有同名同职务的“{name}”；确是两人的，请写明不同的职务。", "name")


def correct_person(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    version: int,
    name: str,
    telephone: str,
    posts: dict[int, str],
    reason: str,
) -> None:
    """Name, office telephone, and the titles of the open postings by id."""
    if person.version != version:
        raise StaleVersion
    if not name.strip():
        raise RuleViolation("请填写姓名。", "name")
    open_ones = {p.id: p for p in _open_postings(session, person.id)}
    before = audit.values_of(person, posts=[p.post for p in open_ones.values()])
    person.name, person.initials = name.strip(), initials_of(name.strip(), 40)
    person.telephone = telephone.strip()
    for posting_id in open_ones.keys() & posts.keys():
        open_ones[posting_id].post = posts[posting_id].strip()
    person.version += 1
    after = audit.values_of(person, posts=[p.post for p in open_ones.values()])
    _describe(session, actor, now, person, "person.correct", before, after, reason)


def correct_own_telephone(session: Session, *, actor: Actor, now: datetime, telephone: str) -> None:
    """One's own line in the telephone book."""
    person = session.get_one(Person, actor.person_id)
    before = {"telephone": person.telephone}
    person.telephone = telephone.strip()
    person.version += 1
    _describe(
        session, actor, now, person, "person.correct-telephone", before, {"telephone": person.telephone}
    )


def leave(
    session: Session, *, actor: Actor, now: datetime, today: date, person: Person, version: int, reason: str
) -> None:
    """Somebody without account leaves: the postings end today. An account is handed over instead."""
    if person.version != version:
        raise StaleVersion
    accounts = select(Account.username).where(Account.person_id == person.id, Account.disabled_at.is_(None))
    if (username := session.scalar(accounts)) is not None:
        raise RuleViolation(f"此人有账号 {username}，请在账号页办理离岗移交。")
    person.version += 1
    end_postings(
        session, actor=actor, now=now, person=person, before_day=today + timedelta(days=1), reason=reason
    )


def end_postings(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    before_day: date,
    unit_id: int | None = None,
    reason: str = "",
) -> int:
    """End the open postings (at one unit) with the day before `before_day`; a posting lasts at least one day.

    Raises RuleViolation on `from_date` when one began on that day or later.
    """
    ending = [p for p in _open_postings(session, person.id) if unit_id in (None, p.unit_id)]
    last_day = before_day - timedelta(days=1)
    for posting in ending:
        if posting.from_date > last_day:
            raise RuleViolation(f"现任职从 {posting.from_date} 开始，日期应更晚。", "from_date")
        posting.to_date = last_day
    if ending:
        before, after = {"to_date": None}, {"to_date": last_day.isoformat()}
        _describe(session, actor, now, person, "posting.end", before, after, reason)
    return len(ending)


def start_posting(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    unit: Unit,
    post: str | None,
    from_date: date,
) -> None:
    """Begin a posting; without `post` only for somebody who holds none at that unit."""
    if post is None and any(p.unit_id == unit.id for p in _open_postings(session, person.id)):
        return
    session.add(Posting(person_id=person.id, unit_id=unit.id, post=(post or "").strip(), from_date=from_date))
    after = {"unit_id": unit.id, "post": post or "", "from_date": from_date.isoformat()}
    _describe(session, actor, now, person, "posting.start", {}, after)


def _open_postings(session: Session, person_id: int) -> list[Posting]:
    statement = select(Posting).where(Posting.person_id == person_id, Posting.to_date.is_(None))
    return list(session.scalars(statement.order_by(Posting.id)))


def _describe(
    session: Session,
    actor: Actor,
    now: datetime,
    person: Person,
    action: str,
    before: audit.Values,
    after: audit.Values,
    reason: str = "",
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=person,
        label=person.name,
        before=before,
        after=after,
        reason=reason,
    )
