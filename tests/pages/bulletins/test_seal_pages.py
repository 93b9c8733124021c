"""印章 and 用印登记 on screen."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from models.seal import Seal
from tests import factories, people
from tests.documents.hostile_pictures import HOSTILE, opened


def send(browser, content=None, status=303, file_name="印章.png", **values):
    picture = factories.seal_picture() if content is None else content
    fields = {"name": "安澜县信访局", "width_mm": "42", "image": (BytesIO(picture), file_name)} | values
    return browser.post("/bulletins/seals", fields, status=status)


def stored(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(Seal).order_by(Seal.id)).all()


def test_a_seal_is_registered_and_drawn_anew(browser):
    place = send(browser.sign_in(people.ZHENG)).location
    page = browser.get(place)
    assert "直径 42 毫米 用过 0 次" in page.text
    assert '<img src="/bulletins/seals/1/image"' in page.html
    with browser.app.app_context():
        kept = opened(stored(browser)[0].image)
    assert (kept.size, kept.mode, kept.getpixel((0, 0))) == ((496, 496), "RGBA", (0, 0, 0, 0))


def test_its_image_is_shown_small_to_its_own_office_and_kept_by_no_browser(browser):
    send(browser.sign_in(people.ZHENG))
    answer = browser.get("/bulletins/seals/1/image")
    assert answer.response.mimetype == "image/png"
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert opened(answer.data).size == (180, 180)
    browser.sign_in(people.ZHAO).get("/bulletins/seals/1/image", status=404)
    for member in (people.WU, people.LIN, people.HAN, people.SUN, people.HE):
        browser.sign_in(member).get("/bulletins/seals/1/image", status=403)


def test_no_page_holds_the_image_itself(browser):
    send(browser.sign_in(people.ZHENG))
    for address in ("/bulletins/seals", "/bulletins/seal-uses", "/bulletins/registers"):
        assert not re.search(r"data:image|iVBOR", browser.get(address).html)


@pytest.mark.parametrize(
    "what", ["SVG", "archive behind a PNG", "moving PNG", "truncated JPEG", "file above 1 MB"]
)
def test_a_hostile_file_is_refused_at_its_field(browser, what):
    content, sentence = HOSTILE[what]
    page = send(browser.sign_in(people.ZHENG), content, status=422)
    assert sentence in page.text
    assert page.field("name") == "安澜县信访局"
    assert stored(browser) == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "请填写印章名称。"),
        ({"width_mm": "70"}, "印章直径应在 20 至 60 毫米之间。"),
        ({"width_mm": "很大"}, "直径"),
        ({"image": (BytesIO(b""), "")}, "请选择印章图片。"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(browser, values, message):
    assert message in send(browser.sign_in(people.ZHENG), status=422, **values).text
    assert stored(browser) == []


def test_the_same_form_twice_keeps_one(browser):
    key = browser.sign_in(people.ZHENG).get("/bulletins/seals").field("submission_key")
    for _ in range(2):
        send(browser, submission_key=key)
    assert len(stored(browser)) == 1


def test_a_seal_is_retired_with_a_reason(browser):
    send(browser.sign_in(people.ZHENG))
    refused = browser.post("/bulletins/seals/1/retirement", {"version": "1", "reason": ""}, status=422)
    assert "请写明理由。" in refused.text
    stale = browser.post("/bulletins/seals/1/retirement", {"version": "9", "reason": "更换"}, status=422)
    assert "刚被别人修改过" in stale.text
    browser.post("/bulletins/seals/1/retirement", {"version": "1", "reason": "更换印章"})
    page = browser.get("/bulletins/seals")
    assert "2026-07-15 10:30 停用" in page.text
    assert "/bulletins/seals/1/retirement" not in page.html


def test_another_office_sees_and_retires_nothing(browser):
    send(browser.sign_in(people.ZHENG))
    browser.sign_in(people.ZHAO)
    assert "本单位还没有登记印章" in browser.get("/bulletins/seals").text
    browser.post("/bulletins/seals/1/retirement", {"version": "1", "reason": "更换印章"}, status=404)


def test_each_use_stands_in_the_book(browser, count_statements):
    with browser.app.app_context(), factories.plain_session() as session, session.begin():
        register, seal = factories.document_register(session), factories.seal(session)
        for serial in range(1, 31):
            factories.issued(session, register, serial, seal)
    browser.sign_in(people.ZHENG)
    with count_statements(browser.app) as statements:
        page = browser.get("/bulletins/seal-uses")
    assert len(statements) <= 6
    assert "共用印 30 次" in page.text
    assert "2026-07-15 10:30 安澜县信访局" in page.text
    assert f"{30:064d}" in page.html
    with count_statements(browser.app) as statements:
        assert "用过 30 次" in browser.get("/bulletins/seals").text
    assert len(statements) <= 5
    assert "还没有用过印" in browser.sign_in(people.ZHAO).get("/bulletins/seal-uses").text
