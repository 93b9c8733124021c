"""文书 from the page of a petition: drafted by the office, issued by its head, opened as PDF and Word."""

import io
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from documents.html_to_pdf import pdf_from_html
from models.audit_entry import AuditEntry
from models.bulletin import DocumentRegister
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import Seal
from tests import factories, letters
from tests.documents.pdf_reading import pages_of
from tests.people import BAI, HAN, LIN, WU, ZHAO, ZHENG, unit


class Desk:
    """The matter's letters through the browser."""

    def __init__(self, browser, petition_id):
        self.browser = browser
        self.page = f"/petitions/{petition_id}"
        self.seals = self._ids(Seal)
        self.registers = self._ids(DocumentRegister)

    def _ids(self, model):
        with self.browser.app.app_context(), factories.plain_session() as session:
            return {row.unit_id: str(row.id) for row in session.scalars(select(model))}

    def as_(self, member):
        return self.browser.sign_in(member)

    def draft(self, member, kind, status=303):
        answer = self.as_(member).post(f"{self.page}/letters", {"kind": kind}, status)
        return answer.location if status == 303 else answer

    def save(self, member, letter, status=303, **typed):
        form = self.as_(member).get(letter)
        values = {"version": form.field("version"), "source": form.field("source")}
        return self.browser.post(letter, values | {k.replace("__", "."): v for k, v in typed.items()}, status)

    def issue(self, member, letter, status=303, with_seal=True, **changes):
        form = self.as_(member).get(f"{letter}/issue")
        with self.browser.app.app_context(), factories.plain_session() as session:
            own = unit(session, member.unit).id
        values = {
            "version": form.field("version"),
            "seen": form.field("seen"),
            "register": self.registers[own],
            "seal": self.seals[own] if with_seal else "0",
        }
        return self.browser.post(f"{letter}/issue", values | changes, status)

    def pdf(self, letter):
        return "".join(pages_of(self.browser.get(f"{letter}.pdf").data))

    def rows(self):
        with self.browser.app.app_context(), factories.plain_session() as session:
            return [(r.kind, r.state, r.number) for r in session.scalars(select(PetitionLetter))]


@pytest.fixture
def desk(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        petition = letters.accepted(session)
        letters.with_reply(session, petition)
        for code, word in (("AL01", "安信转"), ("AL21", "柳信")):
            factories.document_register(
                session, code, series="letter", word=word, mark=unit(session, code).name
            )
            factories.seal(session, code)
            unit(session, code).telephone = "0379-6000001"
        session.commit()
        return Desk(browser, petition.id)


def test_the_county_office_drafts_and_its_director_issues_a_forward_letter(desk):
    letter = desk.draft(WU, "forward")
    assert "关于转送反映上河村灌溉渠断水问题信访事项的函" in desk.browser.get(letter).text
    desk.save(WU, letter, contact="吴芳", copies_to="安澜县水利局")
    assert "草稿" in desk.pdf(letter)
    desk.issue(ZHENG, letter)
    assert "安信转〔2026〕1号" in desk.browser.get(desk.page).text
    words = desk.pdf(letter)
    for said in (
        "安信转〔2026〕1号",
        "柳溪镇人民政府：",
        "周大山来访提出",
        "安澜县信访局",
        "吴芳",
        "安澜县水利局",
    ):
        assert said in words
    assert "草稿" not in words
    document = ZipFile(io.BytesIO(desk.browser.get(f"{letter}.docx").data)).read("word/document.xml")
    assert "周大山" in document.decode()


def test_the_township_drafts_and_its_head_issues_acceptance_notice_and_reply(desk):
    acceptance = desk.draft(LIN, "acceptance")
    desk.save(LIN, acceptance, due__handler="镇水利站")
    desk.issue(ZHAO, acceptance)
    reply = desk.draft(LIN, "reply")
    desk.issue(ZHAO, reply, with_seal=False)
    assert desk.rows() == [
        ("acceptance", "issued", "柳信〔2026〕1号"),
        ("reply", "issued", "柳信〔2026〕2号"),
    ]
    words = desk.pdf(acceptance)
    for said in ("柳信〔2026〕1号", "周大山：", "期限至2026年9月4日", "由镇水利站承办", "0379-6000001"):
        assert said in words
    words = desk.pdf(reply)
    for said in ("柳信〔2026〕2号", "七月底前清淤", "请求安澜县人民政府复查"):
        assert said in words


def test_a_form_is_issued_without_number(desk):
    desk.issue(ZHAO, desk.draft(LIN, "reply"))
    paper = desk.draft(LIN, "service_return")
    assert "signature" not in desk.browser.get(paper).html
    form = desk.as_(ZHAO).get(f"{paper}/issue")
    desk.browser.post(f"{paper}/issue", {"version": form.field("version"), "seen": form.field("seen")}, 303)
    words = desk.pdf(paper)
    assert "信访文书送达回证" in words
    assert "柳信〔2026〕1号" in words


def test_a_letter_that_lacks_what_it_must_say_is_not_issued(desk):
    letter = desk.draft(LIN, "acceptance")
    page = desk.browser.get(letter)
    assert "请填写办理单位。" in page.text
    assert "正文里还有“办理单位”没有填写。" in page.text
    refused = desk.issue(ZHAO, letter, 422)
    assert "请填写办理单位。" in refused.text
    assert desk.rows() == [("acceptance", "draft", None)]


def test_over_somebody_elses_newer_draft_both_texts_are_there(desk):
    letter = desk.draft(WU, "forward")
    desk.save(WU, letter, source="先存的正文。")
    late = {"version": "1", "source": "迟到的正文。", "contact": "郑重"}
    page = desk.browser.post(letter, late, 422)
    assert "这条记录刚被别人修改过" in page.text
    assert "先存的正文。" in page.text
    assert (page.field("source"), page.field("contact"), page.field("version")) == (
        "迟到的正文。",
        "郑重",
        "2",
    )


def test_the_signer_issues_what_he_has_seen(desk):
    letter = desk.draft(WU, "forward")
    refused = desk.issue(ZHENG, letter, 422, seen="0" * 64)
    assert "有改动" in refused.text


def test_a_draft_given_up_stays_with_its_reason(desk):
    letter = desk.draft(WU, "forward")
    desk.browser.post(f"{letter}/void", {"version": "1"}, 422)
    desk.browser.post(f"{letter}/void", {"version": "1", "reason": "改为交办"}, 303)
    assert "转送单：改为交办" in desk.browser.get(desk.page).text


def test_a_kind_that_may_not_be_drafted_now_says_why(desk):
    refused = desk.draft(LIN, "extension_notice", 422)
    assert "延期还没有经负责人批准。" in refused.text


def test_a_draft_is_for_its_own_office_only(desk):
    letter = desk.draft(WU, "forward")
    desk.as_(LIN).get(letter, 404)
    desk.browser.get(f"{letter}.pdf", 404)
    assert letter not in desk.browser.get(desk.page).html
    desk.as_(BAI).get(f"{letter}.pdf", 404)
    desk.as_(WU).get(f"{letter}/issue", 403)


def test_who_handles_the_matter_opens_what_was_issued(desk):
    letter = desk.draft(WU, "forward")
    desk.issue(ZHENG, letter)
    desk.as_(LIN)
    assert "周大山" in desk.pdf(letter)
    desk.browser.get(letter, 404)
    assert "安信转〔2026〕1号" in desk.as_(HAN).get(desk.page).text
    desk.browser.get(f"{letter}.pdf", 403)


def test_an_issued_letter_is_no_longer_edited(desk):
    letter = desk.draft(WU, "forward")
    desk.issue(ZHENG, letter)
    desk.as_(WU).get(letter, 303)
    page = desk.browser.post(letter, {"version": "2", "source": "改过的正文。"}, 422)
    assert "不能再改" in page.text
    desk.as_(ZHENG).get(f"{letter}/issue", 303)


def test_the_books_lead_back_to_the_matter(desk):
    desk.issue(ZHENG, desk.draft(WU, "forward"))
    for book in ("/bulletins/numbers", "/bulletins/seal-uses"):
        page = desk.browser.get(book)
        assert "转送单（XF-AL01-2026-00017）" in page.text
        assert f'href="{desk.page}#letters"' in page.html


def test_a_sealed_matter_keeps_its_letters_from_who_may_not_read_it(desk):
    letter = desk.draft(WU, "forward")
    desk.issue(ZHENG, letter)
    with desk.browser.app.app_context(), factories.plain_session() as session:
        session.scalars(select(Petition)).one().sealed = True
        session.commit()
    desk.as_(ZHENG).get(f"{letter}.pdf", 404)
    page = desk.browser.get("/bulletins/numbers")
    assert "安信转〔2026〕1号" in page.text
    assert desk.page not in page.html


def test_the_case_file_holds_the_issued_letters_and_the_printable_papers(desk):
    desk.issue(ZHENG, desk.draft(WU, "forward"))
    desk.draft(LIN, "acceptance")
    desk.issue(ZHAO, desk.draft(LIN, "reply"))
    paper = (io.BytesIO(pdf_from_html("<p>来信原件</p>")), "来信.pdf")
    desk.as_(LIN).post(f"{desk.page}/attachments", {"file": paper}, 303)
    pages = pages_of(desk.browser.post(f"{desk.page}/case-file.pdf", {}, 200).data)
    for words in ("1转送单安信转〔2026〕1号", "2信访处理意见书柳信〔2026〕1号", "3来信.pdf"):
        assert words in pages[0]
    assert "受理告知书" not in pages[0]
    assert "来信原件" in pages[-1]
    with desk.browser.app.app_context(), factories.plain_session() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.action, last.subject_label) == ("petition.case-file", "XF-AL01-2026-00017")


def test_a_letter_to_who_asked_for_secrecy_is_given_out_for_a_reason(desk):
    with desk.browser.app.app_context(), factories.plain_session() as session:
        session.scalars(select(Petition)).one().confidential = True
        session.commit()
    letter = desk.draft(LIN, "reply")
    for page in (desk.browser.get(letter), desk.as_(ZHAO).get(f"{letter}/issue")):
        assert "周某某" in page.text and "周大山" not in page.html
    assert "周某某：" in desk.pdf(letter)
    desk.issue(ZHAO, letter)
    assert "取文件（写有真实姓名）" in desk.as_(LIN).get(desk.page).text
    for form in ("pdf", "docx"):
        desk.browser.get(f"{letter}.{form}", 404)
    assert "请写明理由。" in desk.browser.post(f"{letter}/file", {"form": "pdf"}, 422).text
    given = desk.browser.post(f"{letter}/file", {"form": "pdf", "reason": "打印送达"}, 200)
    assert "周大山：" in "".join(pages_of(given.data))
    with desk.browser.app.app_context(), factories.plain_session() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.action, last.reason) == ("petition.open-letter", "打印送达")
    desk.as_(WU).post(f"{letter}/file", {"form": "pdf", "reason": "打印送达"}, 404)
    assert "取文件" not in desk.browser.get(desk.page).text


def test_an_empty_case_file_says_so(desk):
    page = desk.as_(LIN).post(f"{desk.page}/case-file.pdf", {}, 422)
    assert "案卷里还没有材料。" in page.text


def test_the_case_file_of_a_confidential_matter_wants_a_reason(desk):
    desk.issue(ZHENG, desk.draft(WU, "forward"))
    with desk.browser.app.app_context(), factories.plain_session() as session:
        session.scalars(select(Petition)).one().confidential = True
        session.commit()
    page = desk.as_(LIN).post(f"{desk.page}/case-file.pdf", {}, 422)
    assert "编制案卷的理由（信访人要求保密）" in page.text and "请写明理由。" in page.text
    answer = desk.browser.post(f"{desk.page}/case-file.pdf", {"reason": "移送复查机关"}, 200)
    assert answer.data.startswith(b"%PDF")
    with desk.browser.app.app_context(), factories.plain_session() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.action, last.reason) == ("petition.case-file", "移送复查机关")
