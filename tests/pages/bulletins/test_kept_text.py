"""A session that runs out while a bulletin is written loses nothing of it."""

from datetime import timedelta

from tests.people import NOW, WU, ZHENG
from web import clock

TYPED = "各单位要认真抓好落实，写到一半。"


def run_out(desk, number, **changes):
    """Post the editing form after the session has ended."""
    fields = desk.text(number, bulletin=number, **changes)
    browser = desk.as_(WU)
    fields["csrf_token"] = browser.csrf_token()
    with clock.frozen(NOW + timedelta(hours=10)):
        return browser.client.post(f"/bulletins/{number}/text", data=fields)


def test_it_is_filled_in_again_after_signing_in_until_it_is_saved(desk):
    number = desk.draft()
    answer = run_out(desk, number, source=TYPED)
    assert answer.status_code == 303
    assert "sign-in" in answer.location
    page = desk.as_(WU).get(f"/bulletins/{number}/text")
    assert TYPED in page.html
    assert "这是您上次没有保存的内容" in page.text
    assert desk.row(number).source != TYPED
    desk.save(number, source=TYPED)
    assert "这是您上次没有保存的内容" not in desk.browser.get(f"/bulletins/{number}/text").text


def test_it_belongs_to_its_bulletin_and_its_author_and_can_be_given_up(desk):
    number, other = desk.draft(), desk.draft(period="2026-07-14")
    run_out(desk, number, source=TYPED)
    assert TYPED not in desk.as_(WU).get(f"/bulletins/{other}/text").html
    assert TYPED not in desk.as_(ZHENG).get(f"/bulletins/{number}/text").html
    desk.as_(WU).post(f"/bulletins/{number}/text", {"forget": "1"})
    assert TYPED not in desk.browser.get(f"/bulletins/{number}/text").html
