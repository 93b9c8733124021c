"""An interview of 柳溪镇 by the county's office on 10 July, about a reply that came late."""

from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from models.interview import Interview
from tests.people import NOW, unit


def interview(session: Session, of: str = "AL21", by: str = "AL01", **values: Any) -> Interview:
    row = Interview(
        **{
            "number": "YT-AL01-2026-00001",
            "unit_id": unit(session, of).id,
            "by_unit_id": unit(session, by).id,
            "interviewed_on": date(2026, 7, 10),
            "starts_at": time(9, 30),
            "persons": 2,
            "posts": "镇长、分管副镇长",
            "host": "县信访局局长郑重",
            "place": "县信访局三楼会议室",
            "ground": "not_concluded",
            "reason": "上河村断水一事超过六十日未办结。",
            "demands": "十五日内办结，并查明逾期原因。",
            "correct_by": date(2026, 7, 31),
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row
