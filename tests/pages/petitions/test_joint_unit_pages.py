"""协办 on the record and on the lists of the units that help."""

import pytest

from models.petition import Petition
from tests import factories, people
from tests.people import unit

NUMBER = "XF-AL01-2026-00901"


@pytest.fixture
def petition(site):
    """At 柳溪镇, with 县住建局 helping it since the tests' Wednesday."""
    with site.app_context(), factories.plain_session() as session:
        row = factories.petition(
            session, number=NUMBER, stage="handling", responsible="AL21", parts={"AL11": "joint"},
            registered_on=people.TODAY.replace(day=1), dispatched_on=people.TODAY.replace(day=2),
            unit_received_on=people.TODAY.replace(day=3), notified_on=people.TODAY.replace(day=6),
            acceptance="accepted", handling_class="petition",
        )  # fmt: skip
        session.commit()
        return row.id


def step(browser, petition, noun, status=303, **fields):
    with browser.app.app_context(), factories.plain_session() as session:
        version = str(session.get_one(Petition, petition).version)
    return browser.post(
        f"/petitions/{petition}/{noun}", {"version": version, "on": "2026-07-15"} | fields, status
    )


def code_of(browser, code):
    with browser.app.app_context(), factories.plain_session() as session:
        return str(unit(session, code).id)


def test_who_sends_adds_a_unit_with_its_task_and_ends_it_from_a_list(browser, petition):
    browser.sign_in(people.WU)
    step(browser, petition, "joint-unit", to_unit="县人社局", text="核对工资发放情况。")
    page = browser.get(f"/petitions/{petition}")
    assert "县人社局，2026-07-15 起：核对工资发放情况。" in page.text
    assert "增加协办单位 → 县人社局" in page.text
    step(browser, petition, "joint-unit-end", to_unit=code_of(browser, "AL11"))
    page = browser.get(f"/petitions/{petition}")
    assert "县住建局，2026-07-01 至 2026-07-15（已结束）" in page.text
    assert "结束协办 → 县住建局" in page.text


def test_what_is_refused_stands_at_its_field_with_what_was_typed(browser, petition):
    browser.sign_in(people.WU)
    page = step(browser, petition, "joint-unit", 422, to_unit="县住建局", text="再派一次。")
    assert "县住建局已在其中。" in page.text
    assert "再派一次。" in page.html
    for nonsense in ("", "县住建局", "99999999999999999999", code_of(browser, "AL12")):
        page = step(browser, petition, "joint-unit-end", 422, to_unit=nonsense)
        assert "请选择协办单位。" in page.text


def test_both_steps_may_be_taken_back_where_they_stand(browser, petition):
    browser.sign_in(people.WU)
    step(browser, petition, "joint-unit", to_unit="县人社局")
    assert "撤销这一步" in browser.get(f"/petitions/{petition}").text


def test_the_helping_unit_has_it_on_its_own_list_and_may_only_read(browser, petition):
    page = browser.sign_in(people.ZHU).get("/petitions?state=joint")
    assert NUMBER in page.text
    assert "协办的：共 1 件" in page.text
    assert "有协办" in page.text
    assert any("协办的 1" in "".join(a.itertext()) for a in page.all("a"))
    record = browser.get(f"/petitions/{petition}")
    assert 'id="next"' not in record.html
    assert NUMBER not in browser.sign_in(people.LIN).get("/petitions?state=joint").text


def test_the_front_page_of_the_helping_unit_says_so(browser, petition):
    assert "协办的" in browser.sign_in(people.ZHU).get("/").text
