"""While typing and once saved: matters that seem to be registered already are pointed at, in scope only."""

import pytest

from tests import factories
from tests.people import BAI, LIN, WU

KNOWN = "XF-AL21-2026-00077"


@pytest.fixture
def known(site):
    with site.app_context(), factories.plain_session() as session:
        row = factories.petition(
            session, "AL21", responsible="AL21", number=KNOWN, title="反映上河村灌溉渠断水", stage="received"
        )
        session.commit()
        return row.id


def asked(browser, member, **typed):
    return browser.sign_in(member).post("/petitions/similar", typed, status=200).text


def test_a_name_that_the_clerk_reads_is_pointed_at(browser, known):
    assert KNOWN in asked(browser, LIN, name_1="周大山")
    assert KNOWN not in asked(browser, BAI, name_1="周大山")


def test_a_masked_name_is_confirmed_to_nobody(browser, known):
    assert KNOWN not in asked(browser, WU, name_1="周大山")


def test_the_same_title_is_pointed_at_in_scope(browser, known):
    assert KNOWN in asked(browser, WU, title="上河村灌溉渠断水")
    assert KNOWN not in asked(browser, BAI, title="上河村灌溉渠断水")


def test_once_saved_the_record_points_at_it_until_it_is_called_a_repeat(browser, site, known):
    with site.app_context(), factories.plain_session() as session:
        again = factories.petition(
            session, "AL21", responsible="AL21", title="反映上河村灌溉渠断水", stage="received"
        )
        session.commit()
        number = again.id
    page = browser.sign_in(LIN).get(f"/petitions/{number}")
    assert "可能已经登记过" in page.text
    assert KNOWN in page.text
    with site.app_context(), factories.plain_session() as session, session.begin():
        row = session.get_one(type(again), number)
        row.earlier_id, row.item_kind = known, "repeat"
    assert "可能已经登记过" not in browser.get(f"/petitions/{number}").text
