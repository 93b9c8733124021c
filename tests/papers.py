"""Papers of the office, straight into the database."""

from typing import Any

from sqlalchemy.orm import Session

from models.office_paper import OfficePaper
from tests.people import NOW, unit


def paper(session: Session, subject: Any, unit_code: str = "AL01", **values: Any) -> OfficePaper:
    """A draft of a 约谈通知书 about the record unless said otherwise."""
    row = OfficePaper(
        **{
            "kind": "interview_notice",
            "subject_type": subject.__tablename__,
            "subject_id": subject.id,
            "unit_id": unit(session, unit_code).id,
            "title": "关于约谈柳溪镇的通知",
            "addressee": "柳溪镇人民政府",
            "source": "请按时到会。",
            "drafted_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def issued_paper(session: Session, subject: Any, unit_code: str = "AL01", **values: Any) -> OfficePaper:
    """Issued on the tests' day; its content is the least."""
    frozen = {
        "state": "issued",
        "issued_on": NOW.date(),
        "issued_at": NOW,
        "content": "{}",
        "content_digest": "0" * 64,
    }
    return paper(session, subject, unit_code, **frozen | values)
