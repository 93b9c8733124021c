"""批量办理: ticked on the list, one form, a preview of what becomes of each, and what is done when it is confirmed."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.petitions.many import OVERTAKEN
from models.audit_entry import AuditEntry
from models.petition import Petition, PetitionStep
from tests import factories, people
from tests.people import unit

FORWARDING = "/petitions/many/forwarding"
RECEIVED = date(2026, 7, 10)
SENT = {"dispatch_kind": "forward", "dispatched_on": RECEIVED}
TO_LIUXI = {"on": "2026-07-15", "to_unit": "柳溪镇", "text": "请依法办理。"}


def numbered(serial):
    return f"XF-AL01-2026-{serial:05d}"


@pytest.fixture
def letters(site):
    """901 to 903 wait with the bureau, 904 is handled by 县住建局, 905 lies unsigned with 柳溪镇, 906 is concluded."""
    with site.app_context(), factories.plain_session() as session:
        made = {"registered_on": RECEIVED}
        rows = [factories.petition(session, number=numbered(s), **made) for s in (901, 902, 903)]
        made |= SENT
        rows += [
            factories.petition(session, number=numbered(904), responsible="AL11", stage="handling", **made),
            factories.petition(session, number=numbered(905), responsible="AL21", stage="sent", **made),
            factories.petition(
                session, number=numbered(906), responsible="AL21", stage="concluded", handling_class="statutory_duty",
                concluded_on=date(2026, 7, 13), notified_on=date(2026, 7, 11), unit_rating="fairly", **made,
            ),
        ]  # fmt: skip
        session.commit()
        return {int(row.number[-3:]): row.id for row in rows}


def row(browser, petition_id):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.get_one(Petition, petition_id)


def steps(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        statement = select(PetitionStep.petition_id, PetitionStep.verb).order_by(PetitionStep.petition_id)
        return [tuple(found) for found in session.execute(statement)]


def audited(browser, action):
    with browser.app.app_context(), factories.plain_session() as session:
        statement = select(AuditEntry.subject_id).where(AuditEntry.action == action)
        return sorted(session.scalars(statement))


def previewed(browser, address, ids, fields, status=200):
    return browser.post(address, {"p": ids, "do": "preview"} | fields, status)


def carried(page):
    """What the preview's own form sends on."""
    names = {e.get("name") for e in page.all("input") if e.get("type") == "hidden"} - {"csrf_token", "v", "p"}
    seen = [e.get("value") for e in page.all("input") if e.get("name") == "v"]
    ticked = [e.get("value") for e in page.all("input") if e.get("name") == "p"]
    return {name: page.field(name) for name in names if name} | {"v": seen, "p": ticked, "do": "confirm"}


def buttons(page):
    return [(e.text or "").strip() for e in page.all("button")]


def offered(page):
    return [
        (e.text or "").strip()
        for e in page.all("button")
        if "/petitions/many/" in (e.get("formaction") or "")
    ]


def test_the_list_offers_what_may_be_done_with_what_it_shows_by_this_reader(browser, letters):
    page = browser.sign_in(people.WU).get("/petitions?state=to_forward")
    assert offered(page) == ["转送", "交办", "直接办理", "文书"]
    assert len([e for e in page.all("input") if e.get("name") == "p"]) == 3
    assert page.field("list") == "state=to_forward"
    assert offered(browser.sign_in(people.LIN).get("/petitions")) == ["签收", "归档", "文书"]
    assert offered(browser.sign_in(people.HAN).get("/petitions")) == []


def test_without_scripts_a_link_ticks_the_whole_page(browser, letters):
    page = browser.sign_in(people.WU).get("/petitions?state=to_forward")
    (link,) = [a.get("href") for a in page.all("a") if "ticked=page" in (a.get("href") or "")]
    ticked = browser.get(link)
    boxes = [e for e in ticked.all("input") if e.get("name") == "p"]
    assert [e.get("checked") is not None for e in boxes] == [True, True, True]
    assert ticked.field("list") == "state=to_forward"


def test_the_form_shows_at_once_which_of_them_stand_elsewhere(browser, letters):
    page = browser.sign_in(people.WU).get(
        f"{FORWARDING}?p={letters[901]}&p={letters[904]}&list=state%3Dto_forward"
    )
    assert "目前是“办理中”，不能转送。" in page.text
    assert "可以" in page.text
    assert "/petitions?state=to_forward" in page.html


def test_a_preview_says_what_becomes_of_each_and_changes_nothing(browser, letters):
    page = previewed(browser.sign_in(people.WU), FORWARDING, [letters[901], letters[904]], TO_LIUXI)
    assert "待转送 待签收" in page.text
    assert "不能办理 目前是“办理中”，不能转送。" in page.text
    assert "确认转送 1 件" in buttons(page)
    assert "柳溪镇" in page.text
    assert steps(browser) == []
    assert row(browser, letters[901]).stage == "pending"
    assert audited(browser, "petition.forward") == []


def test_a_preview_says_which_date_will_be_due(browser, letters):
    page = previewed(
        browser.sign_in(people.LIN), "/petitions/many/receipt", [letters[905]], {"on": "2026-07-15"}
    )
    assert "待签收 待告知 2026-07-30 告知" in page.text


def test_confirmed_all_are_done_each_with_its_entry_and_shown(browser, letters):
    ids = [letters[901], letters[902], letters[903]]
    page = previewed(browser.sign_in(people.WU), FORWARDING, ids, TO_LIUXI)
    answer = browser.post(FORWARDING, carried(page))
    assert steps(browser) == [(i, "forward") for i in sorted(ids)]
    assert audited(browser, "petition.forward") == sorted(ids)
    assert {row(browser, i).stage for i in ids} == {"sent"}
    done = browser.get(answer.location)
    assert "已转送 3 件，每件各记一步。" in done.text
    assert "单独 撤销这一步" in done.text
    assert done.text.count("待签收") == 3


def test_sent_twice_it_is_done_once(browser, letters):
    page = previewed(browser.sign_in(people.WU), FORWARDING, [letters[901], letters[902]], TO_LIUXI)
    first, second = browser.post(FORWARDING, carried(page)), browser.post(FORWARDING, carried(page))
    assert first.location == second.location
    assert steps(browser) == [(i, "forward") for i in sorted((letters[901], letters[902]))]
    again = previewed(
        browser, FORWARDING, [letters[901]], TO_LIUXI | {"submission_key": carried(page)["submission_key"]}
    )
    assert "这一件刚才已经办理，不会重复。" in again.text


def test_refused_ones_stay_ticked_with_what_was_typed_while_the_others_are_done(browser, letters):
    page = previewed(browser.sign_in(people.WU), FORWARDING, [letters[901], letters[904]], TO_LIUXI)
    answer = browser.post(FORWARDING, carried(page), status=422)
    assert "已转送 1 件" in answer.text
    assert "下面 1 件没有办理" in answer.text
    assert "目前是“办理中”，不能转送。" in answer.text
    (box,) = [e for e in answer.all("input") if e.get("name") == "p"]
    assert (box.get("value"), box.get("checked") is not None) == (str(letters[904]), True)
    assert answer.field("text") == "请依法办理。"
    assert steps(browser) == [(letters[901], "forward")]


def test_what_somebody_else_changed_after_the_preview_is_told_and_kept(browser, letters):
    page = previewed(browser.sign_in(people.WU), FORWARDING, [letters[901], letters[902]], TO_LIUXI)
    other = browser.sign_in(people.ZHENG)
    fields = {"version": "1", "on": "2026-07-15", "to_unit": "县住建局"}
    other.post(f"/petitions/{letters[902]}/forwarding", fields)
    answer = browser.sign_in(people.WU).post(FORWARDING, carried(page), status=422)
    assert OVERTAKEN in answer.text
    assert "已转送 1 件" in answer.text
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.get_one(Petition, letters[902]).responsible_unit_id == unit(session, "AL11").id
        assert session.get_one(Petition, letters[901]).responsible_unit_id == unit(session, "AL21").id


def test_what_was_never_previewed_is_not_done(browser, letters):
    fields = {"p": [letters[901]], "do": "confirm"} | TO_LIUXI
    assert OVERTAKEN in browser.sign_in(people.WU).post(FORWARDING, fields, status=422).text
    assert steps(browser) == []


def test_ticks_out_of_scope_are_neither_shown_nor_done(browser, letters):
    fields = {"on": "2026-07-15"}
    page = previewed(
        browser.sign_in(people.LIN), "/petitions/many/receipt", [letters[905], letters[901]], fields
    )
    assert "勾选的有 1 件现在不在您能看到的范围里" in page.text
    assert numbered(901) not in page.html
    sent = carried(page) | {
        "p": [letters[905], letters[901]],
        "v": [*carried(page)["v"], f"{letters[901]}-1"],
    }
    browser.post("/petitions/many/receipt", sent)
    assert steps(browser) == [(letters[905], "receive")]
    assert (
        numbered(901)
        not in browser.get(f"/petitions/many?verb=receive&p={letters[905]}&p={letters[901]}").html
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "请先在列表里勾选要办理的信访事项。"),
        ("?p=nonsense&p=99999999999999999999&v=-&v=a-b", "请先在列表里勾选要办理的信访事项。"),
        ("?" + "&".join(f"p={n}" for n in range(1, 202)), "一次最多办理 200 件，现在勾选了 201 件。"),
    ],
)
def test_nothing_or_too_much_ticked_leads_back_to_the_list(browser, letters, query, words):
    answer = browser.sign_in(people.WU).get(f"{FORWARDING}{query}", status=303)
    assert words in browser.get(answer.location).text


def test_a_nonsensical_list_to_go_back_to_is_the_whole_list(browser, letters):
    page = browser.sign_in(people.WU).get(
        f"{FORWARDING}?p={letters[901]}&list=from%3Dyesterday%26state%3Dnone"
    )
    assert [a.get("href") for a in page.all("a") if a.text == "返回列表"] == ["/petitions"]


@pytest.mark.parametrize(
    ("address", "serial", "fields", "words"),
    [
        (FORWARDING, 901, {"on": "2026-07-15", "to_unit": "没有这个单位"}, "没有找到“没有这个单位”"),
        (FORWARDING, 901, {"on": "2026-07-15", "to_unit": ""}, "请选择单位。"),
        (FORWARDING, 901, {"on": "2026-07-16", "to_unit": "柳溪镇"}, "2026-07-16"),
        (FORWARDING, 901, {"on": "15.07.2026", "to_unit": "柳溪镇"}, "有 1 处需要改正"),
        ("/petitions/many/assignment", 901, {"on": "2026-07-15", "to_unit": "柳溪镇"}, "交办要写明反馈期限"),
        ("/petitions/many/archive", 906, {"on": "2026-07-15"}, "请选择保管期限。"),
        ("/petitions/many/rating", 906, {"on": "2026-07-15"}, "请至少选一项评价。"),
    ],
)
def test_what_is_wrong_with_the_form_stands_at_its_field_and_nothing_typed_is_lost(
    browser, letters, address, serial, fields, words
):
    typed = fields | {"text": "请依法办理。"} if "rating" not in address else fields
    page = previewed(browser.sign_in(people.WU), address, [letters[serial], letters[serial]], typed, 422)
    assert words in page.text
    assert "预览" in buttons(page)
    assert page.html.count("field-error") >= 1
    if "text" in typed:
        assert "请依法办理。" in page.html
    assert steps(browser) == []


def test_going_back_keeps_what_was_typed_and_ticked(browser, letters):
    page = previewed(browser.sign_in(people.WU), FORWARDING, [letters[901]], TO_LIUXI)
    back = browser.post(FORWARDING, carried(page) | {"do": "ask"}, status=200)
    assert (back.field("to_unit"), back.field("on")) == ("柳溪镇", "2026-07-15")
    assert "请依法办理。" in back.html
    assert back.field("p") == str(letters[901])


def test_a_notice_to_many_accepts_and_asks_only_under_which_item(browser, site, letters):
    with site.app_context(), factories.plain_session() as session:
        held = {"stage": "received", "unit_received_on": date(2026, 7, 13), "registered_on": RECEIVED} | SENT
        ids = [factories.petition(session, responsible="AL21", **held).id for _ in range(2)]
        session.commit()
    address, fields = "/petitions/many/notice", {"on": "2026-07-15", "handling_class": "petition"}
    page = previewed(browser.sign_in(people.LIN), address, ids, fields)
    assert "待告知 办理中 2026-09-13 办结答复" in page.text
    assert "信访处理" in page.text
    browser.post(address, carried(page))
    assert [(row(browser, i).acceptance, row(browser, i).stage) for i in ids] == [
        ("accepted", "handling")
    ] * 2


def test_a_rating_of_many_leaves_what_is_empty_as_it_is(browser, letters):
    address, fields = "/petitions/many/rating", {"on": "2026-07-15", "bureau_rating": "satisfied"}
    page = previewed(browser.sign_in(people.WU), address, [letters[906]], fields)
    assert "满意" in page.text
    browser.post(address, carried(page))
    rated = row(browser, letters[906])
    assert (rated.bureau_rating, rated.unit_rating) == ("satisfied", "fairly")


def test_a_preview_says_what_would_be_written_over(browser, letters):
    address, fields = "/petitions/many/rating", {"on": "2026-07-15", "unit_rating": "dissatisfied"}
    page = previewed(browser.sign_in(people.WU), address, [letters[906]], fields)
    assert "责任单位评价：基本满意 → 不满意" in page.text
    page = previewed(browser, "/petitions/many/archive", [letters[906]], {"on": "2026-07-15", "term": "10y"})
    assert "→" not in page.text


def test_archiving_many_keeps_the_term(browser, letters):
    address, fields = "/petitions/many/archive", {"on": "2026-07-15", "term": "10y", "text": ""}
    page = previewed(browser.sign_in(people.LIN), address, [letters[906]], fields)
    assert "保管期限 10年" in page.text
    browser.post(address, carried(page))
    assert (row(browser, letters[906]).stage, row(browser, letters[906]).archive_term) == ("archived", "10y")


def test_a_step_of_many_is_taken_back_alone(browser, letters):
    page = previewed(browser.sign_in(people.WU), FORWARDING, [letters[901], letters[902]], TO_LIUXI)
    browser.post(FORWARDING, carried(page))
    with browser.app.app_context(), factories.plain_session() as session:
        step = session.scalars(select(PetitionStep).filter_by(petition_id=letters[901])).one().id
    version = str(row(browser, letters[901]).version)
    browser.post(
        f"/petitions/{letters[901]}/steps/{step}/undo",
        {"version": version, "on": "2026-07-15", "text": "勾错了一件。"},
    )
    assert (row(browser, letters[901]).stage, row(browser, letters[902]).stage) == ("pending", "sent")


def test_who_may_not_take_the_step_for_one_may_not_for_many(browser, letters):
    browser.sign_in(people.LIN).get(f"{FORWARDING}?p={letters[905]}", status=403)
    browser.post(FORWARDING, {"p": [letters[905]]} | TO_LIUXI, status=403)
    browser.sign_in(people.HAN).get(f"/petitions/many/receipt?p={letters[905]}", status=403)


def test_names_stay_masked_outside_the_office_that_handles_the_matter(browser, site, letters):
    with site.app_context(), factories.plain_session() as session:
        theirs = factories.petition(session, "AL22", responsible="AL22", stage="received").id
        session.commit()
    page = browser.sign_in(people.WU).get(f"{FORWARDING}?p={theirs}")
    assert "周**" in page.text
    assert "周大山" not in page.html


def test_a_preview_reads_once_for_all(browser, site, letters, count_statements):
    with site.app_context(), factories.plain_session() as session:
        ids = [factories.petition(session, registered_on=RECEIVED).id for _ in range(12)]
        session.commit()
    browser.sign_in(people.WU)

    def cost(method, chosen):
        with count_statements(site) as statements:
            method(chosen)
        return len(statements)

    def look(chosen):
        browser.get(FORWARDING + "?" + "&".join(f"p={i}" for i in chosen))

    assert cost(look, ids) == cost(look, ids[:2]) <= 24

    def preview(chosen):
        previewed(browser, FORWARDING, chosen, TO_LIUXI)

    assert (cost(preview, ids) - cost(preview, ids[:2])) / 10 <= 18


def test_all_running_matters_of_a_unit_are_ticked_for_their_successor(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        made = {"registered_on": RECEIVED, "responsible": "AL21", "stage": "handling", **SENT}
        ones = [factories.petition(session, number=numbered(s), **made) for s in (911, 912)]
        old = ones[0].responsible_unit_id
        session.commit()
        ids = [one.id for one in ones]
    answer = browser.sign_in(people.WU).get(f"/petitions/many/handing-over/{old}", status=303)
    page = browser.get(answer.location)
    assert page.text.count("可以") >= 2
    form = {"p": ids, "on": "2026-07-15", "to_unit": "白石乡", "text": "柳溪镇并入白石乡。", "do": "preview"}
    shown = browser.post("/petitions/many/handing-over", form, status=200).text
    assert "责任单位：柳溪镇 → 白石乡" in shown
    assert "确认移交 2 件" in shown
    browser.get("/petitions/many/handing-over/99999", status=404)
    with browser.app.app_context(), factories.plain_session() as session:
        idle = unit(session, "AL22").id
    answer = browser.get(f"/petitions/many/handing-over/{idle}", status=303)
    assert answer.location.endswith(f"/petitions?responsible={idle}")


def test_what_may_still_be_contested_says_so_before_the_preview_does(browser):
    """Served on 10 July: its petitioner may ask for a review until 9 August."""
    with browser.app.app_context(), factories.plain_session() as session:
        ended = {
            "notified_on": date(2026, 7, 1),
            "concluded_on": date(2026, 7, 10),
            "served_on": date(2026, 7, 10),
        }
        made = {"stage": "concluded", "acceptance": "accepted", "handling_class": "petition", **ended, **SENT}
        open_ = factories.petition(
            session, number=numbered(921), registered_on=RECEIVED, responsible="AL21", **made
        )
        session.commit()
        address = f"/petitions/many/archive?p={open_.id}"
    browser.sign_in(people.WU)
    said = "信访人申请复查的期限到 2026-08-09；期满前终结、归档的，请写明理由"
    assert said in browser.get(address).text
    form = {"p": [open_.id], "on": "2026-07-15", "term": "10y", "do": "preview"}
    assert said in browser.post("/petitions/many/archive", form, status=422).text
    browser.post("/petitions/many/archive", form | {"term": "ten"}, status=422)
    shown = browser.post("/petitions/many/archive", form | {"text": "信访人书面表示不再申请。"}, status=200)
    assert "确认归档 1 件" in shown.text
