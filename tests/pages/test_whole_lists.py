"""A sheet of a list is whole or is refused with a sentence; it is never cut in silence."""

import pytest

from models.audit_entry import AuditEntry
from tests import factories, people
from tests.pages.reception.test_register_visit import register

TOO_MANY = "一次最多导出 1 条，没有导出。请缩小日期或单位范围，分几次导出。"
LISTS = [
    (people.SUN, "/staff", "blueprints.staff.account_list.MOST_ROWS"),
    (people.HE, "/audit", "blueprints.audit.entries.MOST_ROWS"),
    (people.HE, "/audit/sign-ins", "blueprints.audit.sign_ins.MOST_ROWS"),
    (people.LIN, "/reception/visits", "blueprints.reception.visit_list.MOST_ROWS"),
    (
        people.LIN,
        "/reception/village-sessions",
        "blueprints.reception.village_session_list.MOST_EXPORTED",
    ),
    (people.LIN, "/reception/leader-days", "blueprints.reception.leader_day_list.MOST_EXPORTED"),
    (people.ZHENG, "/bulletins/numbers", "blueprints.bulletins.registers.MOST_EXPORTED"),
    (people.ZHENG, "/bulletins/seal-uses", "blueprints.bulletins.seals.MOST_EXPORTED"),
]


@pytest.fixture
def county(browser):
    """Two rows at least in every list."""
    browser.sign_in(people.LIN)
    for content in ("反映房屋漏水，多次找物业没有结果。", "反映道路积水，多次反映没有结果。"):
        register(browser, content=content)
    with browser.app.app_context(), factories.plain_session() as plain, plain.begin():
        for village in ("AL2101", "AL2102"):
            factories.village_session(plain, village)
            factories.leader_reception(plain, "AL21")
        documents, seal = factories.document_register(plain), factories.seal(plain)
        for serial in (1, 2):
            factories.issued(plain, documents, serial, seal)
    browser.sign_in(people.HE)
    return browser.sign_in(people.SUN)


@pytest.mark.parametrize(("member", "address", "most"), LISTS, ids=[row[1] for row in LISTS])
def test_a_list_longer_than_a_sheet_is_refused(county, monkeypatch, member, address, most):
    county.sign_in(member)
    assert county.get(f"{address}?format=xlsx").data[:2] == b"PK"
    monkeypatch.setattr(most, 1)
    answer = county.get(f"{address}?format=xlsx", status=303)
    assert TOO_MANY in county.get(answer.location).text


def test_an_unmasked_sheet_that_is_refused_is_not_logged_as_made(county, monkeypatch):
    county.sign_in(people.LIN)
    monkeypatch.setattr("blueprints.reception.visit_list.MOST_ROWS", 1)
    answer = county.post("/reception/visits/export", {"reason": "报送联席会议"})
    assert TOO_MANY in county.get(answer.location).text
    with county.app.app_context(), factories.plain_session() as plain:
        made = plain.query(AuditEntry).filter(AuditEntry.action == "visit.export-unmasked")
        assert made.count() == 0
