"""What held for a roster when it was published: who took part, in which posts, with what share; the posts and their weights.

Kept with each edition as JSON, so that a share or a post changed later does not rewrite what was due. For each person and
post the first edition that knows it counts; a membership that ended since then is over on its last day.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from models.roster import RosterEdition, RosterScheme
from queries.roster_rows import plain_members, plain_post
from rules.roster import Post
from rules.roster import RosterMember as Member


@dataclass(frozen=True)
class Terms:
    members: tuple[Member, ...]
    posts: tuple[Post, ...]


def terms_text(scheme: RosterScheme) -> str:
    """Of a rota as it is set now."""
    members = [
        {
            "person_id": m.person_id,
            "posts": sorted(m.posts),
            "first": m.first.isoformat() if m.first else None,
            "last": m.last.isoformat() if m.last else None,
            "share": m.share,
        }
        for m in plain_members(scheme)
    ]
    posts = [
        {
            "id": p.id,
            "name": p.name,
            "starts": p.starts.isoformat(),
            "ends": p.ends.isoformat(),
            "need": p.need,
            "weight": p.weight,
        }
        for p in (plain_post(post) for post in scheme.posts)
    ]
    return json.dumps({"members": members, "posts": posts}, ensure_ascii=False)


def terms_of(editions: Iterable[RosterEdition], scheme: RosterScheme) -> Terms:
    """`editions` of one roster, oldest first. Without any that kept its terms, those of now.

    Whoever joined since owes nothing there; what he stood there counts all the same.
    """
    today = {m.person_id: m for m in plain_members(scheme)}
    kept = [json.loads(edition.terms) for edition in editions if edition.terms]
    if not kept:
        return Terms(tuple(today.values()), tuple(plain_post(post) for post in scheme.posts))
    members, posts = _first_known(kept, today), {post.id: plain_post(post) for post in scheme.posts}
    for terms in reversed(kept):
        posts.update({row["id"]: _post(row) for row in terms["posts"]})
    joined = {p: replace(m, posts=frozenset()) for p, m in today.items() if p not in members}
    return Terms(tuple((members | joined).values()), tuple(posts.values()))


def _first_known(kept: list[dict[str, Any]], today: Mapping[int, Member]) -> dict[int, Member]:
    found: dict[int, Member] = {}
    for terms in kept:
        for order, row in enumerate(terms["members"]):
            now = today.get(row["person_id"])
            if now is not None:
                found.setdefault(now.person_id, _member(row, now, order))
    return found


def _member(row: Mapping[str, Any], now: Member, order: int) -> Member:
    lasts = [day for day in (_day(row["last"]), now.last) if day is not None]
    return replace(
        now,
        posts=frozenset(row["posts"]),
        first=_day(row["first"]),
        last=min(lasts, default=None),
        share=row["share"],
        order=order,
    )


def _post(row: Mapping[str, Any]) -> Post:
    starts, ends = time.fromisoformat(row["starts"]), time.fromisoformat(row["ends"])
    return Post(row["id"], row["name"], starts, ends, row["need"], row["weight"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
