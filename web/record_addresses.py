"""Where a figure's records stand on this site."""

from functools import lru_cache
from urllib.parse import quote_plus

from flask import url_for

from indicators.table import Records
from web.template_filters import may_open

PAGES = {
    "visits": "reception.list_visits",
    "village_sessions": "reception.list_village_sessions",
    "village_period": "reception.show_village_period",
    "leader_receptions": "reception.list_leader_days",
    "petitions": "petitions.list_petitions",
    "meetings": "meetings.list_meetings",
    "meeting_quota": "meetings.show_quota",
    "duty_messages": "duty.list_messages",
    "supervision": "supervision.list_tasks",
    "feedback": "supervision.list_feedback",
    "decisions": "decisions.list_decisions",
    "interviews": "accountability.list_interviews",
    "publications": "registers.list_publications",
}


class RecordAddresses:
    """Called with `Records`, gives the address, "" where this reader may not open that list. Each list's own address is
    built once: a page has a thousand."""

    def __init__(self) -> None:
        self._lists: dict[str, str] = {}

    def __call__(self, records: Records) -> str:
        if records.page not in self._lists:
            self._lists[records.page] = _list_address(PAGES[records.page])
        if not self._lists[records.page]:
            return ""
        query = "&".join(f"{name}={_quoted(value)}" for name, value in records.args.items())
        return f"{self._lists[records.page]}?{query}"


def _list_address(endpoint: str) -> str:
    return url_for(endpoint) if may_open(endpoint) else ""


@lru_cache(4096)
def _quoted(value: str) -> str:
    """The same few dates, units and words stand in every address of a page."""
    return quote_plus(value)
