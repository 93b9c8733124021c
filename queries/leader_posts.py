"""How a leader signs: name and post on a day."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.staff import Posting
from rules.roles import Actor


def name_and_post(session: Session, actor: Actor, today: date) -> str:
    """韩某（副县长）; the name alone where no post is known for his own unit."""
    post = session.scalar(
        select(Posting.post)
        .where(
            Posting.person_id == actor.person_id,
            Posting.unit_id == actor.unit_id,
            Posting.from_date <= today,
            or_(Posting.to_date.is_(None), Posting.to_date >= today),
        )
        .order_by(Posting.id.desc())
        .limit(1)
    )
    return f"{actor.name}（{post}）" if post else actor.name
