"""The page of one petition, from its registration to its archive, as each of its people meets it."""

from datetime import date

import pytest
from sqlalchemy import select

from models.petition import Petition, PetitionReply, PetitionStep
from models.staff import Person
from tests import factories
from tests.factories import petition, plain_session
from tests.people import BAI, HAN, LIN, NOW, WU, ZHAO, ZHENG, unit

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


def test_the_days_of_a_review_that_ends_without_opinion_say_what_they_are(desk):
    with desk.browser.app.app_context(), plain_session() as session:
        number = petition(session, responsible="AL21", stage="reviewing").id
        session.commit()
    page = desk.as_(WU).get(f"/petitions/{number}")
    assert "撤回日期" in page.text
    assert "不予受理日期" in page.text


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


@pytest.mark.parametrize(
    ("typed", "unit"), [("柳溪镇政府", "柳溪镇"), ("lxz", "柳溪镇"), ("柳溪镇", "柳溪镇")]
)
def test_an_accused_unit_is_found_by_what_it_is_called(desk, typed, unit):
    number = desk.register(purpose="accusation", accused_unit=typed)
    with desk.browser.app.app_context(), plain_session() as session:
        assert session.get_one(Petition, number).accused_unit.label == unit


def test_an_accused_unit_that_is_not_found_is_an_error_unless_it_stands_outside(desk):
    browser = desk.as_(WU)
    strange = LETTER | {"purpose": "accusation", "accused_unit": "柳溪镇信用社"}
    page = browser.post("/petitions", strange, 422)
    assert "确实不在本系统机构中的，请勾选“被反映单位不在机构中”" in page.text
    assert page.field("accused_unit") == "柳溪镇信用社"
    number = desk.register(purpose="accusation", accused_unit="柳溪镇信用社", accused_outside="y")
    page = desk.browser.get(f"/petitions/{number}")
    assert "已核对：收件的不是被检举控告的单位及其下级" in page.text
    refused = desk.step(number, "forwarding", WU, "2026-07-02", 422, to_unit="白石乡")
    assert "再勾选“已核对”" in refused.text
    desk.step(number, "forwarding", WU, "2026-07-02", to_unit="白石乡", compared="y")
    assert desk.row(number).stage == "sent"


def test_other_matters_keep_a_name_as_it_was_typed_and_ask_nothing(desk):
    number = desk.register(accused_unit="柳溪镇信用社")
    assert desk.row(number).accused_text == "柳溪镇信用社"
    assert "已核对" not in desk.browser.get(f"/petitions/{number}").text


SERVED_AT_HOME = {
    "paper": "notice", "method": "left", "place": "上河村三组周大山家", "received_by": "周小山，儿子",
    "refusal": "本人外出，其子拒签",
}  # fmt: skip


def told(desk, **changes):
    number = desk.register(**changes)
    desk.step(number, "forwarding", WU, "2026-07-02", to_unit="柳溪镇")
    desk.step(number, "receipt", LIN, "2026-07-03")
    desk.step(number, "notice", LIN, "2026-07-06", acceptance="accepted", handling_class="petition")
    return number


def reads_the_delivery(page):
    return [words in page.text for words in ("三组周大山家", "周小山", "其子拒签")]


def test_where_and_by_whom_a_paper_was_taken_is_shown_to_who_reads_the_people(desk):
    number = told(desk)
    desk.step(number, "service", LIN, "2026-07-06", **SERVED_AT_HOME)
    assert reads_the_delivery(desk.as_(LIN).get(f"/petitions/{number}")) == [True] * 3
    page = desk.as_(HAN).get(f"/petitions/{number}")
    assert reads_the_delivery(page) == [False] * 3
    assert "留置送达" in page.text


def test_of_a_confidential_matter_only_to_who_gives_a_reason(desk):
    number = told(desk, confidential="y")
    desk.step(number, "service", LIN, "2026-07-06", **SERVED_AT_HOME)
    assert reads_the_delivery(desk.as_(LIN).get(f"/petitions/{number}")) == [False] * 3
    revealed = desk.browser.post(f"/petitions/{number}/reveal", {"reason": "核对送达回证"}, 200)
    assert reads_the_delivery(revealed) == [True] * 3


def people_of(desk, number):
    with desk.browser.app.app_context(), plain_session() as session:
        rows = session.get_one(Petition, number).contacts
        return [(c.name, c.address, bool(c.telephone_digest)) for c in rows]


def correct(desk, number, member, status=303, **changes):
    version = {
        "version": str(desk.row(number).version),
        "reason": "补充来文文号",
        "source_number": "安信〔2026〕7号",
    }
    return desk.as_(member).post(f"/petitions/{number}/correction", LETTER | version | changes, status)


def test_who_left_only_a_telephone_number_stays_through_a_correction_of_the_petition(desk):
    nameless = {"anonymous": "y", "name_1": "", "address_1": ""}
    number = desk.register(**nameless)
    correct(desk, number, WU, **nameless, telephone_1="")
    assert people_of(desk, number) == [("", "", True)]


def test_the_county_corrects_a_township_s_petition_without_reading_its_people(desk):
    number = desk.register(LIN, unit="柳溪镇")
    unread = {"name_1": "", "telephone_1": "", "address_1": "", "unit": "柳溪镇"}
    correct(desk, number, WU, **unread)
    assert people_of(desk, number) == [("周大山", "上河村三组", True)]


def test_the_numbers_of_other_matters_are_shown_to_who_may_see_them(desk):
    earlier = desk.register(LIN, unit="柳溪镇")
    again = desk.register(item_kind="repeat", earlier="XF-AL21-2026-00001")
    into = desk.register()
    desk.step(again, "forwarding", WU, "2026-07-02", to_unit="白石乡")
    desk.step(again, "merging", WU, into="XF-AL01-2026-00002")
    page = desk.as_(WU).get(f"/petitions/{again}")
    for other, number in ((earlier, "XF-AL21-2026-00001"), (into, "XF-AL01-2026-00002")):
        assert f'href="/petitions/{other}"' in page.html
        assert number in page.text
    page = desk.as_(BAI).get(f"/petitions/{again}")
    assert "XF-AL21-2026-00001" not in page.html
    assert "XF-AL01-2026-00002" not in page.html
    assert "已并入另一件（不在您的查看范围）办理" in page.text
    assert "原件不在您的查看范围" in page.text


def test_a_correction_keeps_an_earlier_matter_that_its_reader_may_not_see(desk):
    desk.register(ZHENG, purpose="accusation", accused_unit="县住建局")
    again = desk.as_(ZHENG).post(
        "/petitions", LETTER | {"item_kind": "repeat", "earlier": "XF-AL01-2026-00001"}
    )
    number = int(again.location.rsplit("/", 1)[1])
    form = desk.as_(WU).get(f"/petitions/{number}/correction")
    assert form.field("earlier") == ""
    before = desk.row(number).earlier_id
    correct(desk, number, WU, item_kind="repeat")
    assert (before is not None, desk.row(number).earlier_id) == (True, before)


def test_the_name_of_a_browser_s_tab_says_nothing_of_the_matter(desk):
    page = desk.as_(WU).get(f"/petitions/{desk.register()}")
    (title,) = page.all("title")
    assert title.text.startswith("XF-AL01-2026-00001 · ")


def test_a_visit_read_masked_becomes_a_petition_for_a_reason(desk):
    with desk.browser.app.app_context(), plain_session() as session:
        visit = factories.visit(session, "AL21").id
        session.commit()
    form = desk.as_(WU).get(f"/petitions/new?visit={visit}")
    assert "带入来访人信息的理由" in form.text
    nameless = LETTER | {"name_1": "", "telephone_1": "", "address_1": "", "visit_id": str(visit)}
    page = desk.browser.post("/petitions", nameless, 422)
    assert "要写明理由，并留痕" in page.text
    answer = desk.browser.post("/petitions", nameless | {"look_reason": "转为信访事项办理"})
    assert people_of(desk, int(answer.location.rsplit("/", 1)[1])) == [("周大山", "", False)]
    desk.as_(LIN)
    assert "带入来访人信息的理由" not in desk.browser.get(f"/petitions/new?visit={visit}").text


@pytest.mark.parametrize(("of", "registers"), [("AL2101", "柳溪镇"), ("AL21", "柳溪镇")])
def test_a_visit_of_a_village_is_registered_by_the_township_that_makes_it_a_petition(desk, of, registers):
    with desk.browser.app.app_context(), plain_session() as session:
        given = unit(session, "AL11").id
        visit = factories.visit(session, of, responsible_unit_id=given, outcome="transferred").id
        session.commit()
    form = desk.as_(LIN).get(f"/petitions/new?visit={visit}")
    assert next(i for i in form.all("input") if i.get("name") == "unit").get("value") == registers
    assert "登记后再转送、交办" in form.text


def test_an_accusation_chosen_by_mistake_is_unsealed_on_its_page(desk):
    number = desk.register(ZHENG, purpose="accusation", accused_unit="县住建局")
    page = desk.browser.get(f"/petitions/{number}")
    assert "解除密封（登记错了信访目的）" in page.text
    fields = {"version": str(desk.row(number).version), "purpose": "", "reason": "误选揭发控告"}
    assert "请选择实际的信访目的。" in desk.browser.post(f"/petitions/{number}/unsealing", fields, 422).text
    desk.browser.post(f"/petitions/{number}/unsealing", fields | {"purpose": "request"})
    assert "求决" in desk.as_(WU).get(f"/petitions/{number}").text


def test_many_lines_of_many_offices_cost_no_more_statements_than_two(desk, count_statements):
    number = desk.register()
    desk.step(number, "forwarding", WU, "2026-07-02", to_unit="柳溪镇")
    desk.as_(WU)
    site = desk.browser.app
    with count_statements(site) as few:
        desk.browser.get(f"/petitions/{number}")
    with site.app_context(), plain_session() as session, session.begin():
        units = [unit(session, code).id for code in ("AL11", "AL12", "AL22", "AL2101", "AL2102", "AL2201")]
        people = session.scalars(select(Person.id)).all()
        for n in range(12):
            session.add(
                PetitionStep(
                    petition_id=number, verb="record_progress", happened_on=date(2026, 7, 3), recorded_at=NOW,
                    from_stage="sent", unit_id=units[n % 6], recorded_by_id=people[n % len(people)], text="走访",
                )
            )  # fmt: skip
    with count_statements(site) as many:
        desk.browser.get(f"/petitions/{number}")
    assert len(many) <= len(few) + 1
