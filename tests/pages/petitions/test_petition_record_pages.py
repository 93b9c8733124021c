"""The page of one petition, from its registration to its archive, as each of its people meets it."""

import pytest

from models.petition import Petition, PetitionReply
from tests.factories import plain_session
from tests.people import HAN, LIN, WU, ZHAO

LETTER = {
    "unit": "县信访局", "registered_on": "2026-07-01", "received_on": "2026-07-01", "channel": "letter",
    "source_level": "county", "persons": "1", "item_kind": "first", "category": "水利水电", "purpose": "request",
    "title": "反映灌溉渠断水", "content": "上河村西灌溉渠断水两月，麦田无法浇水。", "name_1": "周大山",
    "telephone_1": "13800005678", "address_1": "上河村三组", "included": "y",
}  # fmt: skip


class Desk:
    """Steps of one petition through the browser; `stands(…)` reads the row."""

    def __init__(self, browser):
        self.browser = browser

    def as_(self, member):
        self.browser.sign_in(member)
        return self.browser

    def register(self, member=WU, **changes):
        answer = self.as_(member).post("/petitions", LETTER | changes)
        return int(answer.location.rsplit("/", 1)[1])

    def row(self, petition_id):
        with self.browser.app.app_context(), plain_session() as session:
            return session.get_one(Petition, petition_id)

    def reply_version(self, petition_id):
        with self.browser.app.app_context(), plain_session() as session:
            found = session.query(PetitionReply).filter_by(petition_id=petition_id).one_or_none()
            return found.version if found else 0

    def step(self, petition_id, noun, member, on="2026-07-15", status=303, **fields):
        version = str(self.row(petition_id).version)
        values = {"version": version, "on": on} | fields
        return self.as_(member).post(f"/petitions/{petition_id}/{noun}", values, status)


@pytest.fixture
def desk(browser):
    return Desk(browser)


def test_from_the_letter_to_the_archive(desk):
    number = desk.register()
    page = desk.browser.get(f"/petitions/{number}")
    assert "2026-07-16" in page.text
    desk.step(number, "forwarding", WU, "2026-07-02", to_unit="柳溪镇")
    desk.step(number, "receipt", LIN, "2026-07-03")
    desk.step(number, "notice", LIN, "2026-07-06", acceptance="accepted", handling_class="petition")
    page = desk.browser.get(f"/petitions/{number}")
    assert "2026-09-04" in page.text
    parts = {
        "requests": "恢复供水。",
        "facts": "渠道淤塞属实。",
        "opinion": "七月底前清淤。",
        "legal_basis": "《条例》。",
    }
    desk.step(number, "reply", LIN, reply_version="0", conclusion="supported", **parts)
    desk.step(number, "reply-submission", LIN)
    assert "七月底前清淤。" in desk.as_(ZHAO).get(f"/petitions/{number}").text
    version = str(desk.reply_version(number))
    desk.step(number, "reply-approval", ZHAO, reply_version=version)
    desk.step(number, "service", LIN, paper="reply", method="direct")
    desk.step(number, "conclusion", LIN)
    page = desk.browser.get(f"/petitions/{number}")
    assert "已办结" in page.text
    desk.step(number, "finish", WU, text="信访人书面表示不再申请复查。")
    desk.step(number, "archive", WU, term="30y")
    assert desk.row(number).stage == "archived"
    assert "恢复供水" in desk.as_(HAN).get(f"/petitions/{number}").text


def test_a_refused_step_shows_its_form_again_with_what_was_typed(desk):
    number = desk.register()
    answer = desk.step(number, "assignment", WU, "2026-07-02", 422, to_unit="柳溪镇", text="请认真调查")
    assert "交办要写明反馈期限" in answer.text
    assert "请认真调查" in answer.html


def test_a_step_entered_after_its_last_day_says_so_with_the_moment_of_entry(desk):
    """Received on 1 June, to be sent on by the 16th; on 15 July it is entered that it was sent on the 10th of June."""
    late = desk.register(received_on="2026-06-01", registered_on="2026-06-01")
    desk.step(late, "forwarding", WU, "2026-06-10", to_unit="柳溪镇")
    steps = desk.as_(WU).get(f"/petitions/{late}").text
    assert "补录" in steps
    assert "2026-07-15 10:30 录入" in steps

    in_time = desk.register()
    desk.step(in_time, "forwarding", WU, "2026-07-02", to_unit="柳溪镇")
    assert "补录" not in desk.as_(WU).get(f"/petitions/{in_time}").text


def test_what_is_asked_for_and_approved_here_has_no_day_to_fill_in(desk):
    number = desk.register()
    desk.step(number, "forwarding", WU, "2026-07-02", to_unit="柳溪镇")
    desk.step(number, "receipt", LIN, "2026-07-03")
    desk.step(number, "notice", LIN, "2026-07-06", acceptance="accepted", handling_class="petition")
    assert 'id="request_extension-on"' not in desk.as_(LIN).get(f"/petitions/{number}").html
    desk.step(number, "extension", LIN, "2026-07-07", days="30", text="情况复杂。")
    desk.step(number, "extension-decision", ZHAO, "2026-07-08", decision="agreed")

    assert str(desk.row(number).extension_approved_on) == "2026-07-15"
