"""日历订阅: a person's secret calendar address, renewed and withdrawn at will."""

from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from models.base import new_uid
from models.protected import protect
from models.roster import DutyFeed
from queries.duty_feeds import feed_digest, feed_of, feed_place
from rules.errors import RuleViolation
from rules.roles import Actor


def renew_feed(session: Session, *, actor: Actor, now: datetime, secret: str) -> DutyFeed:
    """A new address of the actor's own; an earlier one leads nowhere from now on. The secret comes from the caller:
    128 random bits or more."""
    if actor.person_id is None:
        raise RuleViolation("没有对应的人员，不能订阅。")
    feed = feed_of(session, actor.person_id)
    if feed is None:
        feed = DutyFeed(person_id=actor.person_id, uid=new_uid(), version=0)
        session.add(feed)
    feed.digest = feed_digest(secret)
    feed.cipher = protect(secret, place=feed_place(feed.uid))
    feed.renewed_at = now
    feed.version += 1
    session.flush()
    _record(session, actor, now, feed, "duty_feed.renew")
    return feed


def withdraw_feed(session: Session, *, actor: Actor, now: datetime) -> None:
    """No address leads to the actor's duties any more."""
    feed = feed_of(session, actor.person_id or 0)
    if feed is None or feed.digest is None:
        raise RuleViolation("没有可以停用的订阅地址。")
    feed.digest, feed.cipher = None, ""
    feed.version += 1
    session.flush()
    _record(session, actor, now, feed, "duty_feed.withdraw")


def _record(session: Session, actor: Actor, now: datetime, feed: DutyFeed, action: str) -> None:
    audit.record(session, actor=actor, now=now, action=action, subject=feed, label=actor.name)
