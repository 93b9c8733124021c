"""A bulletin from its template to its correction, as each of its people meets it on the pages."""

import pypdfium2

from tests import factories, people
from tests.people import BAI, CHEN, HAN, LIN, WU, ZHAO, ZHENG


def counted(desk, persons=3):
    """One visit of the day in 柳溪镇; returns its id."""
    with desk.browser.app.app_context(), factories.plain_session() as session:
        row = factories.visit(session, "AL21", persons=persons)
        session.commit()
        return row.id


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_from_the_template_to_the_receipt(desk):
    desk.open_office()
    counted(desk)
    number = desk.draft()
    page = desk.as_(WU).get(f"/bulletins/{number}")
    assert "全县共接待群众来访1批3人次" in page.text
    assert "提交签发" in page.text
    desk.step(number, "submission", WU)
    assert "1 份通报等您签发" in desk.as_(ZHENG).get("/").text
    desk.issue(number)
    page = desk.browser.get(f"/bulletins/{number}")
    assert "安信通〔2026〕1号" in page.text
    assert "1 份通报发给本单位，还没签收" in desk.as_(LIN).get("/").text
    desk.step(number, "receipt", LIN)
    assert "林秀" in desk.as_(ZHENG).get(f"/bulletins/{number}").text
    assert "签收（1/" in desk.browser.get(f"/bulletins/{number}").text
    assert "通报发给本单位" not in desk.as_(LIN).get("/").text


def test_the_pages_of_an_issued_bulletin_never_change(desk):
    desk.open_office()
    visit = counted(desk)
    number = desk.draft()
    desk.step(number, "submission", WU)
    desk.issue(number)
    before = desk.as_(BAI).get(f"/bulletins/{number}.pdf").data
    assert "全县共接待群众来访1批3人次" in text_of(before)
    with desk.browser.app.app_context(), factories.plain_session() as session:
        row = session.get_one(factories.Visit, visit)
        row.voided_at, row.void_reason = people.NOW, "登错了"
        session.commit()
    assert desk.browser.get(f"/bulletins/{number}.pdf").data == before
    page = desk.as_(ZHENG).get(f"/bulletins/{number}")
    assert "全县共接待群众来访1批3人次" in page.text
    assert "接待来访批次 1 0" in page.text  # what is different now
    correction = desk.browser.post(f"/bulletins/{number}/correction", {"submission_key": "once"}).location
    draft = int(correction.split("/")[2])
    assert "接待来访批次：原为1批，更正为0批。" in desk.row(draft).source
    again = desk.browser.post(f"/bulletins/{number}/correction", {"submission_key": "other"}).location
    assert again == f"/bulletins/{draft}"
    desk.step(draft, "submission", WU)
    desk.issue(draft)
    page = desk.as_(WU).post(f"/bulletins/{number}/correction", {"submission_key": "third"}, 422)
    assert "已由安信通〔2026〕2号更正，此后数字没有新的变化" in page.text
    with desk.browser.app.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", persons=2)
        factories.visit(session, "AL22", persons=2)
        session.commit()
    desk.as_(WU).post(f"/bulletins/{number}/correction", {"submission_key": "fourth"}, 303)


def test_a_word_file_bears_no_seal_and_a_pdf_does(desk):
    desk.open_office()
    number = desk.draft()
    desk.step(number, "submission", WU)
    desk.issue(number)
    docx = desk.as_(LIN).get(f"/bulletins/{number}.docx").data
    assert docx.startswith(b"PK")
    assert b"word/media" not in docx or b"word/media/seal" not in docx
    assert "用过 1 次" in desk.as_(ZHENG).get("/bulletins/seals").text


def test_sent_back_with_a_reason_and_submitted_again(desk):
    number = desk.draft()
    desk.step(number, "submission", WU)
    desk.step(number, "return", ZHENG, reason="第二部分要写明原因")
    assert "退回意见：第二部分要写明原因" in desk.as_(WU).get(f"/bulletins/{number}").text
    assert "1 份通报被退回" in desk.browser.get("/").text
    page = desk.browser.get("/bulletins?state=returned")
    assert "被退回" in page.text
    assert "退回意见：第二部分要写明原因" in page.text
    assert "份通报被退回" not in desk.as_(LIN).get("/").text
    desk.save(number, title="关于7月15日接访情况的通报")
    desk.step(number, "submission", WU)
    assert "份通报被退回" not in desk.as_(WU).get("/").text
    assert "共 0 份" in desk.browser.get("/bulletins?state=returned").text
    assert desk.row(number).state == "submitted"


def test_withdrawn_it_keeps_its_number_and_says_so(desk):
    desk.open_office()
    number = desk.draft()
    desk.step(number, "submission", WU)
    desk.issue(number)
    desk.step(number, "withdrawal", ZHENG, reason="主送单位有误")
    page = desk.as_(LIN).get(f"/bulletins/{number}")
    assert "不再作为依据。理由：主送单位有误" in page.text
    assert "看版面（PDF）" not in page.text
    assert "Word 文件" not in page.text
    for form in ("pdf", "docx"):
        assert desk.browser.get(f"/bulletins/{number}.{form}", 303).location == f"/bulletins/{number}"
    assert "看版面（PDF）" in desk.as_(ZHENG).get(f"/bulletins/{number}").text
    answer = desk.browser.get(f"/bulletins/{number}.pdf").response
    assert "%E5%B7%B2%E6%92%A4%E5%9B%9E" in answer.headers["Content-Disposition"]  # 已撤回


def test_a_draft_given_up_stays_readable_for_its_office(desk):
    number = desk.draft()
    desk.step(number, "void", WU, reason="重复起草")
    assert "理由：重复起草" in desk.as_(WU).get(f"/bulletins/{number}").text
    desk.as_(LIN).get(f"/bulletins/{number}", 404)


def test_who_does_not_see_the_whole_subject_is_led_to_no_list(desk):
    desk.open_office()
    counted(desk)
    number = desk.draft()
    desk.step(number, "submission", WU)
    desk.issue(number)
    assert 'class="quoted" href=' in desk.as_(HAN).get(f"/bulletins/{number}").html
    assert 'class="quoted" href=' not in desk.as_(LIN).get(f"/bulletins/{number}").html


def test_a_village_sees_only_what_was_sent_to_it(desk):
    desk.open_office()
    (village,) = desk.ids("AL2101")
    number = desk.draft()
    desk.save(number, recipients=[str(village)])
    desk.step(number, "submission", WU)
    desk.issue(number)
    desk.as_(CHEN).get(f"/bulletins/{number}")
    desk.as_(BAI).get(f"/bulletins/{number}", 404)


def test_a_township_writes_to_its_villages_and_signs_as_its_mark_names_it(desk):
    number = desk.draft(LIN, unit="AL21")
    row = desk.row(number)
    assert row.addressees == "各村、社区"
    assert row.copies_to == ""
    assert desk.row(desk.draft(BAI, unit="AL22")).addressees == "各村"
    desk.as_(ZHAO).post(
        "/bulletins/registers",
        {"word": "柳信通", "mark": "柳溪镇人民政府", "grid": "strict", "series": "bulletin"},
    )
    desk.step(number, "submission", LIN)
    desk.issue(number, by=ZHAO)
    text = text_of(desk.as_(ZHAO).get(f"/bulletins/{number}.pdf").data)
    assert text.count("柳溪镇人民政府") == 3  # mark, signature, printed by
    assert "各乡镇党委" not in text
    assert "县委办公室" not in text
