"""The screens of the organisation."""

from tests import people

NEW = {
    "code": "al2202",
    "name": "东山村",
    "category": "village",
    "sort_order": "3",
    "short_name": "",
    "telephone": "",
}


def unit_id(browser, code):
    from tests.factories import plain_session

    with browser.app.app_context(), plain_session() as session:
        return people.unit(session, code).id


def test_the_tree_shows_every_unit_and_those_outside(browser):
    text = browser.sign_in(people.SUN).get("/staff/units").text
    for _code, name, *_rest in people.UNITS:
        assert name in text
    assert "下级 3" in text


def test_units_are_found_by_initials_and_code(browser):
    browser.sign_in(people.SUN)
    first = browser.get("/staff/units?q=lxz").all("td")[0]
    assert "".join(first.itertext()) == "柳溪镇"
    assert "相符的机构 1 个" in browser.get("/staff/units?q=shimen").text
    assert "石门村" in browser.get("/staff/units?q=AL2201").text
    assert "没有找到" in browser.get("/staff/units?q=zzzz").text


def test_a_unit_is_added_edited_closed_and_reopened(browser):
    browser.sign_in(people.SUN)
    place = browser.post("/staff/units/new", NEW | {"parent": str(unit_id(browser, "AL22"))}).location
    assert "AL2202" in browser.get(place).text
    form = browser.get(f"{place}/edit")
    edited = {
        "version": form.field("version"),
        "name": "东山新村",
        "category": "community",
        "sort_order": "3",
    }
    assert browser.post(f"{place}/edit", edited | {"reason": "村改社区"}).location == place
    shown = browser.get(place).text
    assert "东山村 → 东山新村" in shown
    assert "村 → 社区" in shown
    closing = {
        "version": "2",
        "last_day": "2026-07-15",
        "successor": str(unit_id(browser, "AL2201")),
        "reason": "并入",
    }
    browser.post(f"{place}/closing", closing)
    assert "2026-07-15 撤销，由石门村承接" in browser.get(place).text
    browser.post(f"{place}/reopening", {"version": browser.get(place).field("version"), "reason": "撤错了"})
    assert "撤销，由" not in browser.get(place).text


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(browser):
    page = browser.sign_in(people.SUN).post(
        "/staff/units/new", NEW | {"code": "AL2201", "parent": ""}, status=422
    )
    assert page.field("name") == "东山村"
    page = browser.post(
        "/staff/units/new", NEW | {"code": "AL2201", "parent": str(unit_id(browser, "AL22"))}, status=422
    )
    assert "机构代码 AL2201 已经有了。" in page.text


def test_closing_names_what_is_in_the_way(browser):
    browser.sign_in(people.SUN)
    address = f"/staff/units/{unit_id(browser, 'AL21')}/closing"
    assert "下级机构 3 个（上河村、下河村、柳园社区）" in browser.get(address).text
    refused = browser.post(
        address, {"version": "1", "last_day": "2026-07-15", "successor": "", "reason": "撤销"}, status=422
    )
    assert "还不能撤销" in refused.text


def test_a_missing_unit_is_not_found(browser):
    browser.sign_in(people.SUN).get("/staff/units/9999", status=404)


def test_only_sysadmin_keeps_the_organisation(browser):
    for member in (m for m in people.ONE_PER_ROLE if m is not people.SUN):
        browser.sign_in(member).get("/staff/units", status=403)


def test_an_office_rule_is_set_with_its_basis(browser):
    browser.sign_in(people.SUN)
    data = {"value": "10", "valid_from": "2026-08-01", "basis": "安信联办〔2026〕3号"}
    browser.post("/staff/rules/group_visit_persons", data)
    text = browser.get("/staff/rules").text
    assert "集体访人数起点：今天为 5" in text
    assert "安信联办〔2026〕3号" in text
    assert "未到期" in text
    refused = browser.post(
        "/staff/rules/group_visit_persons", data | {"valid_from": "2026-07-14"}, status=422
    )
    assert "不能倒改" in refused.text
    browser.post("/staff/rules/no-such-rule", data, status=404)


def test_an_office_rule_sent_twice_is_set_once(browser):
    browser.sign_in(people.SUN)
    key = browser.get("/staff/rules").field("submission_key")
    data = {"value": "9", "valid_from": "2026-08-01", "basis": "安信联办〔2026〕9号", "submission_key": key}
    for _ in range(2):
        browser.post("/staff/rules/group_visit_persons", data)
    assert browser.get("/staff/rules").text.count("安信联办〔2026〕9号") == 1
