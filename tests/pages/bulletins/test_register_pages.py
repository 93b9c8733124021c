"""发文字号 and 发文登记簿 on screen."""

from io import BytesIO

import pytest
from openpyxl import load_workbook as open_workbook
from sqlalchemy import select

from models.bulletin import DocumentRegister
from tests import factories, people

NEW = {"word": "澜信通", "mark": "安澜县信访局", "grid": "strict", "series": "bulletin"}


def open_one(browser, status=303, **values):
    return browser.post("/bulletins/registers", NEW | values, status=status)


def stored(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(DocumentRegister).order_by(DocumentRegister.id)).all()


def add_documents(browser, *titles, unit_code="AL01"):
    with browser.app.app_context(), factories.plain_session() as session, session.begin():
        register = factories.document_register(session, unit_code)
        seal = factories.seal(session, unit_code)
        for serial, title in enumerate(titles, start=1):
            factories.issued(session, register, serial, seal, title=title)


def test_the_page_explains_the_words_and_offers_the_own_name(browser):
    page = browser.sign_in(people.ZHENG).get("/bulletins/registers")
    for word in ("机关代字", "发文机关标志", "版面", "云信通〔2026〕1号", "云岭县信访局文件"):
        assert word in page.text
    assert page.field("mark") == "安澜县信访局"
    assert "本单位还没有机关代字" in page.text


def test_a_word_is_opened_changed_and_retired(browser):
    place = open_one(browser.sign_in(people.ZHENG)).location
    listed = browser.get(place)
    assert "已启用，第一份文件将编为 澜信通〔2026〕1号。" in listed.text
    assert "澜信通 安澜县信访局文件" in listed.text
    form = browser.get("/bulletins/registers/1")
    changed = {"version": form.field("version"), "mark": "中共安澜县委信访局", "grid": "word"}
    browser.post("/bulletins/registers/1", changed)
    assert "中共安澜县委信访局文件 与本单位 Word 模板一致" in browser.get(place).text
    browser.post("/bulletins/registers/1/retirement", {"version": "2", "reason": "机构更名"})
    assert "停用" in browser.get(place).text
    shown = browser.get("/bulletins/registers/1")
    assert "不再编新号" in shown.text
    assert not [f for f in shown.all("form") if "/registers/1" in f.get("action")]


def test_letters_have_a_word_of_their_own(browser):
    open_one(browser.sign_in(people.ZHENG))
    listed = browser.get(open_one(browser, word="澜信访字", series="letter").location)
    assert "已启用，第一份文件将编为 澜信访字〔2026〕1号。" in listed.text
    assert [row.series for row in stored(browser)] == ["bulletin", "letter"]


def test_the_same_form_twice_opens_one(browser):
    key = browser.sign_in(people.ZHENG).get("/bulletins/registers").field("submission_key")
    for _ in range(2):
        open_one(browser, submission_key=key)
    assert len(stored(browser)) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"word": "澜信通2026"}, "机关代字只用汉字"),
        ({"word": ""}, "请填写机关代字。"),
        ({"mark": ""}, "请填写发文机关标志。"),
        ({"mark": "安澜县信访局文件"}, "不写“文件”二字，由系统加上"),
        ({"grid": "A4"}, "版面"),
    ],
)
def test_what_is_refused_stays_in_the_form(browser, given, message):
    page = open_one(browser.sign_in(people.ZHENG), status=422, **given)
    assert message in page.text
    assert page.field("word") == (NEW | given)["word"]
    assert stored(browser) == []


def test_a_word_of_another_office_is_refused(browser):
    open_one(browser.sign_in(people.ZHENG))
    assert "一个代字只属于一个单位" in open_one(browser.sign_in(people.ZHAO), status=422).text


def test_who_was_overtaken_sees_what_was_saved_and_may_save_again(browser):
    open_one(browser.sign_in(people.ZHENG))
    browser.post("/bulletins/registers/1", {"version": "1", "mark": "县信访局", "grid": "word"})
    late = {"version": "1", "mark": "安澜县信访局（新）", "grid": "strict"}
    page = browser.post("/bulletins/registers/1", late, status=422)
    assert "刚被别人修改过" in page.text
    assert "现在保存的是：县信访局文件" in page.text
    assert page.field("mark") == "安澜县信访局（新）"
    browser.post("/bulletins/registers/1", late | {"version": page.field("version")})
    assert stored(browser)[0].mark == "安澜县信访局（新）"


def test_retiring_wants_a_reason(browser):
    open_one(browser.sign_in(people.ZHENG))
    page = browser.post("/bulletins/registers/1/retirement", {"version": "1", "reason": ""}, status=422)
    assert "请写明理由。" in page.text
    assert stored(browser)[0].retired_at is None


@pytest.mark.parametrize(
    "member", [people.LIN, people.WU, people.CHEN, people.HAN, people.SUN], ids=lambda m: m.username
)
def test_others_than_director_and_supervisor_are_turned_away(browser, member):
    browser.sign_in(member)
    for address in ("registers", "numbers", "numbers.pdf", "seals", "seal-uses", "seal-uses.pdf"):
        browser.get(f"/bulletins/{address}", status=403)


def test_the_menu_leads_there_for_director_and_supervisor(browser):
    for member in (people.ZHENG, people.ZHAO):
        page = browser.sign_in(member).get("/bulletins/seal-uses")
        (current,) = [
            a for a in page.all("a") if a.get("aria-current") and "公文管理" in "".join(a.itertext())
        ]
        assert current.get("href") == "/bulletins/registers"
    assert "公文管理" not in browser.sign_in(people.LIN).get("/bulletins/templates").text


def test_the_book_lists_finds_and_leads_to_the_document(browser, count_statements):
    add_documents(browser, "关于汛期接访的通报", "关于秋季接访的通报")
    browser.sign_in(people.ZHENG)
    with count_statements(browser.app) as statements:
        page = browser.get("/bulletins/numbers")
    assert len(statements) <= 6
    assert "共 2 件" in page.text
    assert "/bulletins/1" in page.html
    found = browser.get("/bulletins/numbers?q=秋季&year=2026", headers={"HX-Request": "true"})
    assert 'id="number-rows"' in found.html and "<html" not in found.html
    assert "关于秋季接访的通报" in found.html and "汛期" not in found.html
    assert "没有符合条件的文件" in browser.get("/bulletins/numbers?q=没有的").text


def test_a_township_sees_its_own_book_only(browser):
    add_documents(browser, "县里的通报")
    assert "还没有编过号" in browser.sign_in(people.ZHAO).get("/bulletins/numbers").text


@pytest.mark.parametrize("address", ["numbers", "seal-uses"])
def test_a_title_never_becomes_a_formula_in_the_sheet(browser, address):
    add_documents(browser, '=HYPERLINK("http://x")', "+1+1", "@SUM(A1)")
    answer = browser.sign_in(people.ZHENG).get(f"/bulletins/{address}?format=xlsx")
    sheet = open_workbook(BytesIO(answer.data)).active
    column = [cell.value for cell in sheet[1]].index("标题") + 1
    cells = [sheet.cell(row, column) for row in (2, 3, 4)]
    assert [(c.value, c.data_type) for c in cells] == [
        ('=HYPERLINK("http://x")', "s"), ("+1+1", "s"), ("@SUM(A1)", "s"),
    ]  # fmt: skip
    assert not any(c.hyperlink for c in cells)


@pytest.mark.parametrize(("address", "name"), [("numbers", "发文登记簿"), ("seal-uses", "用印登记簿")])
def test_a_book_is_printed(browser, address, name):
    from tests.documents.pdf_reading import pages_of

    add_documents(browser, "关于汛期接访的通报")
    answer = browser.sign_in(people.ZHENG).get(f"/bulletins/{address}.pdf?year=2026")
    assert answer.response.mimetype == "application/pdf"
    text = "".join(pages_of(answer.data))
    assert name in text and "关于汛期接访的通报" in text and "2026年" in text
