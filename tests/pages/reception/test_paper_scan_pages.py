"""Scans of the blank register: each goes to the page that its code names, waits there, and is shown by what came of it."""

import io

import pytest
from sqlalchemy import select

from documents.attached.pdf import page_picture
from documents.blank_register import BlankPage, BlankRegister, blank_register_pdf
from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.office import PaperPage
from models.petition import PetitionVisit
from models.visit import Visit
from tests import factories, people
from tests.attachments import saved
from tests.pages.reception.test_blank_register import print_pages
from tests.pages.reception.test_register_visit import register

REGISTER = "/reception/blank-register"
FIRST, SECOND = "AL21-2026-001", "AL21-2026-002"
NUMBERS = (FIRST, SECOND, "AL22-2026-001")


@pytest.fixture(scope="module")
def scans() -> dict[str, bytes]:
    """Number → a photograph of that page."""
    pages = tuple(BlankPage(n, f"http://localhost/reception/paper?number={n}") for n in NUMBERS)
    printed = blank_register_pdf(BlankRegister("柳溪镇", pages))
    return {n: saved("JPEG", page_picture(printed, place, 1700)) for place, n in enumerate(NUMBERS, 1)}


@pytest.fixture
def office(browser):
    """林秀 of 柳溪镇 with two printed pages."""
    print_pages(browser.sign_in(people.LIN))
    return browser


def upload(browser, *files, address=f"{REGISTER}/scans", status=303, **fields):
    sent = {"file": [(io.BytesIO(content), name) for name, content in files]} | fields
    return browser.post(address, sent, status, content_type="multipart/form-data")


def page_id(browser, number):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(PaperPage.id).where(PaperPage.number == number)).one()


def kept(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        statement = select(Attachment.subject_type, Attachment.subject_id, Attachment.paper_page)
        return sorted((tuple(row) for row in session.execute(statement)), key=str)


def visit_of(answer):
    return int(answer.location.rsplit("/", 1)[1])


def change_visit(browser, visit_id, **values):
    with browser.app.app_context(), factories.plain_session() as session:
        for name, value in values.items():
            setattr(session.get_one(Visit, visit_id), name, value)
        session.commit()


def test_each_scan_goes_to_the_page_that_its_code_names(office, scans):
    answer = upload(office, ("b.jpg", scans[SECOND]), ("a.jpg", scans[FIRST]))
    told = office.get(answer.location).text
    assert f"已放到 {SECOND}（1 份）、{FIRST}（1 份）。" in told
    assert f"{FIRST} 柳溪镇 2026-07-15 10:30 0 / 8 1 未录完" in told
    assert kept(office) == [("paper_page", page_id(office, n), n) for n in (FIRST, SECOND)]
    with office.app.app_context(), factories.plain_session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "attachment.add")).all()
        assert [entry.subject_type for entry in entries] == ["paper_page", "paper_page"]


def test_what_belongs_to_no_page_of_the_office_is_told_and_nothing_is_kept(office, scans):
    blank = saved("JPEG")
    files = (("好的.jpg", scans[FIRST]), ("别处.jpg", scans["AL22-2026-001"]), ("白纸.jpg", blank))
    page = upload(office, *files, status=422)
    assert "“别处.jpg”：没有编号为 AL22-2026-001 的登记簿页，或不归您单位使用。" in page.text
    assert "“白纸.jpg”：没有认出页眉上的二维码。" in page.text
    assert kept(office) == []
    assert "请选择要上传的扫描件。" in office.post(f"{REGISTER}/scans", {}, 422).text


def test_the_same_form_sent_twice_keeps_one(office, scans):
    for _ in range(2):
        upload(office, ("a.jpg", scans[FIRST]), submission_key="once")
    upload(office, ("a.jpg", scans[FIRST]), submission_key="again")
    assert len(kept(office)) == 1


def test_it_waits_on_the_pages_own_screen_and_is_shown_by_a_visit_typed_in_later(office, scans):
    upload(office, ("a.jpg", scans[FIRST]))
    address = f"{REGISTER}/{page_id(office, FIRST)}"
    waiting = office.get(address)
    assert "a.jpg" in waiting.text
    assert "已补录 0 批" in waiting.text
    answer = register(office, paper_page=FIRST, visit_date="2026-07-10")
    visit = office.get(answer.location)
    assert f"登记簿扫描件 {FIRST}" in visit.text
    assert "a.jpg" in visit.text
    (picture,) = [i.get("src") for i in visit.all("img") if "thumbnail" in (i.get("src") or "")]
    assert office.get(picture).data[:2] == b"\xff\xd8"
    assert "已补录 1 批" in office.get(address).text
    assert "a.jpg" not in office.get(register(office, visit_date="2026-07-11").location).text


def test_a_scan_that_comes_after_typing_is_shown_at_once(office, scans):
    answer = register(office, paper_page=SECOND, visit_date="2026-07-10")
    assert "登记簿扫描件" not in office.get(answer.location).text
    upload(office, ("b.jpg", scans[SECOND]))
    assert "b.jpg" in office.get(answer.location).text


def test_a_petition_made_of_such_a_visit_shows_it_too(office, scans):
    upload(office, ("a.jpg", scans[FIRST]))
    visit_id = visit_of(register(office, paper_page=FIRST, visit_date="2026-07-10"))
    with office.app.app_context(), factories.plain_session() as session:
        petition = factories.petition(session, "AL21", responsible="AL21", stage="received").id
        session.add(PetitionVisit(petition_id=petition, visit_id=visit_id))
        session.commit()
    assert f"登记簿扫描件 {FIRST}" in office.get(f"/petitions/{petition}").text


def test_a_scan_uploaded_to_a_petition_is_kept_below_its_page_as_well(office, scans):
    visit = register(office, paper_page=FIRST, visit_date="2026-07-10").location
    with office.app.app_context(), factories.plain_session() as session:
        petition = factories.petition(session, "AL21", responsible="AL21", stage="received").id
        session.commit()
    own = page_id(office, FIRST)
    address = f"/petitions/{petition}/attachments"
    files = (("a.jpg", scans[FIRST]), ("别处.jpg", scans["AL22-2026-001"]), ("村口.jpg", saved("JPEG")))
    told = office.get(upload(office, *files, address=address).location)
    assert f"已添加 3 份附件。其中登记簿 {FIRST} 页的扫描件，同时放到了那一页" in told.text
    assert [found for found in kept(office) if found[0] == "paper_page"] == [("paper_page", own, FIRST)]
    shown = office.get(visit)
    assert "a.jpg" in shown.text
    (picture,) = [i.get("src") for i in shown.all("img") if "thumbnail" in (i.get("src") or "")]
    assert office.get(picture).data[:2] == b"\xff\xd8"
    again = office.get(upload(office, ("再来.txt", b"once more"), address=address).location)
    assert "同时放到了那一页" not in again.text
    assert len(kept(office)) == 5


def test_on_a_pages_own_screen_a_scan_needs_no_code_but_not_another_pages(office, scans):
    address = f"{REGISTER}/{page_id(office, FIRST)}/attachments"
    page = upload(office, ("b.jpg", scans[SECOND]), address=address, status=422)
    assert f"“b.jpg”：是 {SECOND} 页的扫描件，不是这一页的。" in page.text
    assert kept(office) == []
    upload(office, ("模糊.jpg", saved("JPEG")), address=address)
    assert kept(office) == [("paper_page", page_id(office, FIRST), None)]


def test_the_line_of_one_visitor_is_not_shown_to_who_handles_anothers(office, scans):
    """县住建局 was given one visit; the scan bears the others' names as well. The county's office reads names masked."""
    upload(office, ("a.jpg", scans[FIRST]))
    visit_id = visit_of(register(office, paper_page=FIRST, visit_date="2026-07-10"))
    with office.app.app_context(), factories.plain_session() as session:
        department = people.unit(session, "AL11").id
    change_visit(office, visit_id, responsible_unit_id=department)
    own = page_id(office, FIRST)
    for member, status in ((people.ZHU, 404), (people.WU, 200)):
        page = office.sign_in(member).get(f"/reception/visits/{visit_id}")
        assert "登记簿扫描件" not in page.text
        office.get(f"{REGISTER}/{own}", status=status)
        office.get(f"{REGISTER}/{own}/attachments/1/pages/1", status=404)
        office.post(f"{REGISTER}/{own}/attachments/1/original", status=404)
    assert "a.jpg" not in office.get(f"{REGISTER}/{own}").text


@pytest.mark.parametrize("guarded", [{"confidential": True}, {"sealed": True}])
def test_a_page_with_a_line_that_is_kept_back_shows_no_scan(office, scans, guarded):
    upload(office, ("a.jpg", scans[FIRST]))
    plain = register(office, paper_page=FIRST, visit_date="2026-07-10").location
    hidden = visit_of(
        register(office, paper_page=FIRST, visit_date="2026-07-10", content="另一件事情，请依法处理。")
    )
    with office.app.app_context(), factories.plain_session() as session:
        other = session.scalars(select(people.Person.id).where(people.Person.name == "赵立")).one()
    change_visit(office, hidden, registered_by_id=other, **guarded)
    assert "登记簿扫描件" not in office.get(plain).text
    page = office.get(f"{REGISTER}/{page_id(office, FIRST)}")
    assert "页上有要求保密或密封的登记时也不显示" in page.text
    office.get(f"{REGISTER}/{page_id(office, FIRST)}/attachments/1/thumbnail", status=404)


def test_a_wrong_scan_is_voided_with_a_reason(office, scans):
    upload(office, ("a.jpg", scans[FIRST]))
    address = f"{REGISTER}/{page_id(office, FIRST)}/attachments/1/void"
    office.post(address, {"version": "1", "reason": ""}, 422)
    office.post(address, {"version": "1", "reason": "扫错了一张。"})
    assert "扫错了一张。" in office.get(f"{REGISTER}/{page_id(office, FIRST)}").text


def test_the_list_of_pages_counts_scans_in_one_statement(office, scans, count_statements):
    with count_statements(office.app) as few:
        office.get(REGISTER)
    upload(office, ("a.jpg", scans[FIRST]), ("b.jpg", scans[SECOND]))
    print_pages(office, "9")
    with count_statements(office.app) as many:
        office.get(REGISTER)
    assert len(few) == len(many)
