"""The grid of a roster: names typed in characters or pinyin, conflicts before and on saving, locks, undo, races."""

import pytest

from models.roster import Duty, Roster
from tests import people
from tests.duty_rosters import on_site, stored

ROSTER = "/duty/roster"


@pytest.fixture
def draft(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    browser.sign_in(people.LIN)
    return f"{ROSTER}/{roster_id}"


def grid(browser, address, **changes):
    """The form as the page gives it, with some cells typed over."""
    page = browser.get(f"{address}/grid")
    typed = {"version": page.field("version"), "reason": ""}
    for duty in stored(browser, Duty):
        typed[f"d{duty.id}"], typed[f"v{duty.id}"] = page.field(f"d{duty.id}"), page.field(f"v{duty.id}")
        if duty.locked:
            typed[f"k{duty.id}"] = "1"
    return typed | changes


def person(browser, duty_id):
    return next(d for d in stored(browser, Duty) if d.id == duty_id)


def test_a_name_typed_in_pinyin_is_understood_saved_and_held_fast(browser, draft):
    browser.post(f"{draft}/grid", grid(browser, draft, d1="jl"))
    assert "己六" in browser.get(f"{draft}/grid").field("d1")
    assert person(browser, 1).locked and person(browser, 1).assigned == "set"
    page = browser.get(draft).text
    assert "未证明" in page and "2026-08-01 带班领导" in page


def test_nothing_typed_over_changes_nothing(browser, draft):
    answer = browser.post(f"{draft}/grid", grid(browser, draft))
    assert "没有改动" in browser.get(answer.location).text
    assert not any(duty.locked for duty in stored(browser, Duty))


def test_an_emptied_cell_is_an_empty_post_and_a_lock_is_taken_off_by_itself(browser, draft):
    browser.post(f"{draft}/grid", grid(browser, draft, d1=""))
    assert (person(browser, 1).person_id, person(browser, 1).locked) == (None, True)
    without = grid(browser, draft)
    without.pop("k1")
    browser.post(f"{draft}/grid", without)
    assert not person(browser, 1).locked


def test_a_name_that_nobody_has_is_told_at_its_cell_and_nothing_is_lost_or_saved(browser, draft):
    page = browser.post(f"{draft}/grid", grid(browser, draft, d1="没这人", d2="乙二"), status=422)
    assert "没有找到“没这人”" in page.text
    assert (page.field("d1"), page.field("d2")) == ("没这人", "乙二")
    assert not any(duty.locked for duty in stored(browser, Duty))


def test_conflicts_are_told_before_saving_with_the_cells_they_touch(browser, draft):
    same = grid(browser, draft)
    part = browser.post(f"{draft}/conflicts", same | {"d2": same["d1"]}, status=200)
    assert "还没有保存" in part.text and "必须改" in part.text
    assert 'data-cells="d1 d2"' in part.html
    assert not any(duty.locked for duty in stored(browser, Duty))
    assert "没有和规则不合的地方" in browser.post(f"{draft}/conflicts", same, status=200).text


def test_a_draft_may_be_saved_with_them_and_says_so(browser, draft):
    same = grid(browser, draft)
    answer = browser.post(f"{draft}/grid", same | {"d2": same["d1"]})
    assert "必须改" in browser.get(answer.location).text


def test_the_last_change_is_undone_without_scripts(browser, draft):
    before = browser.get(f"{draft}/grid").field("d1")
    assert "撤回上一次调整" not in browser.get(f"{draft}/grid").text
    browser.post(f"{draft}/grid", grid(browser, draft, d1=""))
    page = browser.get(f"{draft}/grid")
    answer = browser.post(f"{draft}/undo", {"version": page.field("version")})
    assert "已撤回上一次手工调整，1 处" in browser.get(answer.location).text
    assert browser.get(f"{draft}/grid").field("d1") == before


def test_somebody_elses_change_is_told_and_saving_again_is_deliberate(browser, draft):
    mine = grid(browser, draft, d1="")
    browser.post(f"{draft}/grid", grid(browser, draft, d2=""))
    page = browser.post(f"{draft}/grid", mine, status=422)
    assert "刚被别人修改过" in page.text and page.field("d1") == ""
    again = mine | {"version": page.field("version"), "v2": page.field("v2"), "d2": ""}
    browser.post(f"{draft}/grid", again | {"k2": "1"})
    assert person(browser, 1).person_id is None and person(browser, 2).person_id is None


def test_the_list_under_a_cell_has_who_may_stand_there(browser, draft):
    people_there = browser.get(f"{draft}/people?post=1").json
    assert [line["label"] for line in people_there] == ["甲一", "乙二", "丙三", "丁四", "戊五", "己六"]
    assert people_there[0]["initials"] == "jy"


def test_a_published_roster_is_changed_by_the_supervisor_with_a_reason(browser):
    _scheme, roster_id = on_site(browser)
    address = f"{ROSTER}/{roster_id}"
    browser.sign_in(people.LIN).get(f"{address}/grid", status=404)
    browser.sign_in(people.ZHAO)
    page = browser.post(f"{address}/grid", grid(browser, address, d1=""), status=422)
    assert "请写明改动的理由" in page.text and page.field("d1") == ""
    browser.post(f"{address}/grid", grid(browser, address, d1="", reason="外出开会"))
    page = browser.get(address)
    assert "标“改”的 1 处与上一版不同" in page.text and "发布新版" in page.text
    shown = page.field("version")
    browser.post(f"{address}/publication", {"version": shown})
    assert stored(browser, Roster)[0].edition == 2


def test_rosters_of_another_township_are_out_of_reach(browser, draft):
    browser.sign_in(people.BAI).get(f"{draft}/grid", status=404)
    browser.post(f"{draft}/grid", {"version": "1"}, status=404)
    browser.post(f"{draft}/conflicts", {"version": "1"}, status=404)
