"""Where a figure's records stand on this site."""

from urllib.parse import urlencode

from flask import url_for

from indicators.table import Records

PAGES = {
    "visits": "reception.list_visits",
    "village_sessions": "reception.list_village_sessions",
    "village_weeks": "reception.show_village_week",
    "leader_receptions": "reception.list_leader_days",
}


class RecordAddresses:
    """Called with `Records`, gives the address. Each list's own address is built once: a page has a thousand."""

    def __init__(self) -> None:
        self._lists: dict[str, str] = {}

    def __call__(self, records: Records) -> str:
        if records.page not in self._lists:
            self._lists[records.page] = url_for(PAGES[records.page])
        return f"{self._lists[records.page]}?{urlencode(records.args)}"
