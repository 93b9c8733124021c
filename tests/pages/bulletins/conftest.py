"""A desk: browsers of the cast, and a bulletin taken through its steps on the pages."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from models.bulletin import Bulletin
from tests import bulletins, factories, people
from tests.browser import Browser, Page
from tests.people import Member
from web.unit_of_work import writing


class Desk:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def as_(self, member: Member) -> Browser:
        return self.browser.sign_in(member)

    def ids(self, *codes: str) -> list[int]:
        with self.browser.app.app_context(), factories.plain_session() as session:
            return [people.unit(session, code).id for code in codes]

    def open_office(self) -> None:
        """The bureau's number register and seal."""
        with self.browser.app.app_context(), writing() as session:
            bulletins.register(session)
            bulletins.seal(session)

    def row(self, bulletin_id: int) -> Bulletin:
        with self.browser.app.app_context(), factories.plain_session() as session:
            return session.scalars(select(Bulletin).where(Bulletin.id == bulletin_id)).one()

    def draft(
        self, by: Member = people.WU, template: str = "daily", period: str = "2026-07-15", unit: str = "AL"
    ) -> int:
        (unit_id,) = self.ids(unit)
        fields = {"template": template, "period": period, "subject_unit": str(unit_id)}
        page = self.as_(by).post("/bulletins", fields)
        return int(page.location.rsplit("/", 1)[1])

    def text(self, bulletin_id: int, **changes: Any) -> dict[str, Any]:
        """The editing form as it stands, with changes."""
        row = self.row(bulletin_id)
        names = (
            "version",
            "kind",
            "period",
            "format",
            "urgency",
            "title",
            "addressees",
            "copies_to",
            "note",
            "source",
        )
        return {name: getattr(row, name) for name in names} | {"subject_unit": row.subject_unit_id} | changes

    def save(self, bulletin_id: int, by: Member = people.WU, status: int = 303, **changes: Any) -> Page:
        fields = self.text(bulletin_id, **changes)
        return self.as_(by).post(f"/bulletins/{bulletin_id}/text", fields, status)

    def step(self, bulletin_id: int, step: str, by: Member, status: int = 303, **fields: Any) -> Page:
        fields = {"version": self.row(bulletin_id).version} | fields
        return self.as_(by).post(f"/bulletins/{bulletin_id}/{step}", fields, status)

    def issue(self, bulletin_id: int, by: Member = people.ZHENG, status: int = 303, **fields: Any) -> Page:
        page = self.as_(by).get(f"/bulletins/{bulletin_id}/issue")
        shown = {name: self._value(page, name) for name in ("version", "seen")}
        seal = re.search(r'<option value="(\d+)"[^>]*>安澜县信访局', page.html)
        chosen = {"seal": seal.group(1) if seal else "0"}
        return self.browser.post(f"/bulletins/{bulletin_id}/issue", shown | chosen | fields, status)

    @staticmethod
    def _value(page: Page, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page.html)
        assert found, f"no {name} on the page"
        return found.group(1)


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)
