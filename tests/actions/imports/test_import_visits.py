"""来访登记 from a sheet: what is stored, how rows are known again, what is refused where."""

from datetime import date, time

import pytest
from sqlalchemy import select

from models.contact_columns import opened_id_number, opened_telephone
from models.protected import search_digest
from models.visit import Visit, VisitContact
from queries.grams import matching
from queries.scope import visible_visits
from tests import people
from tests.sheets import VISIT, errors

FULL = VISIT | {
    "时间": "9:05", "地点": "接访大厅", "接访人": "林秀", "来访人姓名": "周大山、李小河", "证件号码": "41032619700101123X",
    "联系电话": "138-1234-5678,0379-6000000", "住址": "上河村三组", "来访人数": 6, "初重访": "重访", "内容分类": "城乡建设",
    "问题属地": "AL2101", "被反映单位": "柳溪镇", "处理结果": "转送办理", "责任单位": "AL11", "限办日期": date(2026, 8, 1),
    "外部编号": "2026-031",
}  # fmt: skip


def all_visits(session):
    return session.scalars(select(Visit).order_by(Visit.id)).all()


def test_a_full_row_is_stored_as_if_it_had_been_typed(county, bring):
    batch = bring("visits", [FULL], people.LIN)
    row = all_visits(county)[0]
    assert (row.number, row.unit.code, row.visit_date, row.visit_time) == (
        "LF-AL21-2026-00001",
        "AL21",
        people.TODAY,
        time(9, 5),
    )
    assert (row.persons, row.representatives, row.visit_kind, row.outcome) == (6, 5, "repeat", "forwarded")
    assert (row.category.name, row.responsible_unit.code, row.due_date) == (
        "城乡建设",
        "AL11",
        date(2026, 8, 1),
    )
    assert (row.accused_unit.code, row.location_unit.code, row.external_number) == (
        "AL21",
        "AL2101",
        "2026-031",
    )
    assert (row.import_batch_id, row.registered_by.name, row.voided_at, row.void_reason) == (
        batch,
        "林秀",
        None,
        None,
    )
    assert [(c.name, c.address) for c in row.contacts] == [("周大山", "上河村三组"), ("李小河", "")]
    assert opened_id_number(row.contacts[0]) == "41032619700101123X"
    assert [opened_telephone(c) for c in row.contacts] == ["13812345678", "03796000000"]


def test_rows_are_found_by_text_name_and_number(county, bring):
    bring("visits", [FULL])
    for words, column in (("房屋漏水", "content"), ("周大山", "names")):
        assert county.scalar(select(Visit.id).where(matching(county, words, column))) is not None
    digest = search_digest("phone", "13812345678")
    assert county.scalar(select(VisitContact.name).where(VisitContact.telephone_digest == digest)) == "周大山"


def test_the_least_row_takes_defaults_and_no_name_is_anonymous(county, bring):
    bring("visits", [VISIT | {"来访人姓名": None, "来访人数": 2}])
    row = all_visits(county)[0]
    assert (row.representatives, row.anonymous, row.contacts, row.responsible_unit_id) == (2, True, [], None)


def test_a_forwarded_row_of_an_old_register_needs_no_responsible_unit(county, bring):
    bring("visits", [VISIT | {"处理结果": "限期化解"}])
    assert all_visits(county)[0].due_date is None


def test_columns_may_stand_in_any_order(county, check):
    found = check("visits", [VISIT], headings=list(reversed(VISIT)))
    assert not found.sheet.refused


def test_numbers_run_per_unit_and_year_in_the_order_of_the_sheet(county, bring):
    old = {"日期": "2025-01-08"}
    bring("visits", [VISIT, VISIT | old, VISIT | {"登记单位": "AL22"}, VISIT])
    assert [v.number for v in all_visits(county)] == [
        "LF-AL21-2026-00001", "LF-AL21-2025-00001", "LF-AL22-2026-00001", "LF-AL21-2026-00002",
    ]  # fmt: skip


def test_the_same_sheet_again_has_nothing_new(check, bring):
    rows = [FULL, VISIT, VISIT | {"时间": "10:00"}]
    bring("visits", rows)
    found = check("visits", rows)
    assert (found.sheet.rows, found.sheet.known, found.sheet.new) == (3, 3, [])


def test_two_equal_rows_are_two_visits_and_one_in_the_register_leaves_one_new(county, check, bring):
    bring("visits", [VISIT])
    found = check("visits", [VISIT, VISIT])
    assert (found.sheet.known, len(found.sheet.new)) == (1, 1)
    bring("visits", [VISIT, VISIT])
    assert len(all_visits(county)) == 2


def test_dates_written_otherwise_are_the_same_row(check, bring):
    bring("visits", [VISIT])
    assert check("visits", [VISIT | {"日期": "2026/7/15", "来访人数": "1"}]).sheet.new == []


def test_a_known_external_number_with_other_content_is_an_error(check, bring):
    bring("visits", [FULL])
    found = check("visits", [FULL | {"来访人数": 7}])
    assert errors(found) == [
        (
            2,
            "外部编号",
            "外部编号“2026-031”已登记为 LF-AL21-2026-00001，内容不同；导入不会改动已有登记，请到该登记里更正。",
        )
    ]


def test_an_external_number_twice_in_one_unit_is_an_error_in_two_units_it_is_not(check):
    twice = check("visits", [FULL, FULL])
    assert errors(twice) == [(3, "外部编号", "外部编号“2026-031”与第 2 行重复，同一单位内不能重复。")]
    assert not check("visits", [FULL, FULL | {"登记单位": "AL22"}]).sheet.refused


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"日期": None}, "日期", "必填，不能留空。"),
        ({"日期": "7月15日"}, "日期", "不是日期"),
        ({"日期": "2026-07-16"}, "日期", "晚于今天"),
        ({"时间": "25:00"}, "时间", "不是时间"),
        ({"登记单位": "AL2l"}, "登记单位", "没有代码或名称为“AL2l”的机构。是不是"),
        ({"登记单位": "EX01"}, "登记单位", "外部单位"),
        ({"接访类型": "电话"}, "接访类型", "可填：日常接访、领导接访、村级接访、下沉接访"),
        ({"地点": "厅" * 81}, "地点", "最多 80 字，现有 81 字。"),
        ({"来访人姓名": "一、二、三、四、五、六"}, "来访人姓名", "最多登记 5 名"),
        ({"证件号码": 410326197001011234}, "证件号码", "设为“文本”"),
        ({"联系电话": "无"}, "联系电话", "电话号码不对"),
        ({"联系电话": "13812345678、13812345679"}, "联系电话", "有 2 个号码，多于姓名 1 个。"),
        ({"来访人数": "一"}, "来访人数", "“一”不是整数。"),
        ({"来访人数": 0}, "来访人数", "应在 1 到 9999 之间"),
        ({"代表人数": 6, "来访人数": 8}, "代表人数", "代表不得超过 5 人"),
        ({"涉及人数": 1, "来访人数": 2}, "涉及人数", "少于来访人数"),
        ({"初重访": "再访"}, "初重访", "可填：初访、重访"),
        ({"内容分类": "外星人"}, "内容分类", "没有“外星人”这个内容分类"),
        ({"信访目的": "投诉"}, "信访目的", "不在可选项中"),
        ({"问题属地": "AL9"}, "问题属地", "没有代码或名称为“AL9”的机构"),
        ({"反映内容": "长" * 2001}, "反映内容", "最多 2000 字"),
        ({"处理结果": "已办"}, "处理结果", "不在可选项中"),
        ({"责任单位": "住建局"}, "责任单位", "没有代码或名称为“住建局”的机构"),
        ({"限办日期": "2026-07-01"}, "限办日期", "早于来访日期"),
        ({"外部编号": "9" * 65}, "外部编号", "最多 64 字"),
    ],
)  # fmt: skip
def test_each_error_stands_at_its_cell(check, change, heading, words):
    found = check("visits", [VISIT, VISIT | change])
    assert [(row, at) for row, at, _message in errors(found)] == [(3, heading)]
    assert words in errors(found)[0][2]


def test_all_errors_of_all_rows_come_at_once(check):
    found = check("visits", [VISIT | {"来访人数": "x", "初重访": "y"}, VISIT | {"日期": "z"}])
    assert [(row, heading) for row, heading, _ in errors(found)] == [
        (2, "来访人数"),
        (2, "初重访"),
        (3, "日期"),
    ]


def test_messages_never_repeat_an_identity_number(check):
    found = check("visits", [VISIT | {"证件号码": "4" * 40}])
    assert "4" * 5 not in errors(found)[0][2]


def test_headings_are_checked_first(check):
    found = check("visits", [VISIT | {"备注": "x"}], headings=[*list(VISIT)[1:], "备注", "登记单位"])
    assert [(e.column, e.message.split("；")[0]) for e in found.sheet.findings.kept] == [
        ("J", "没有“备注”这一列"), ("K", "标题“登记单位”出现了两次。"), ("", "缺少必填的“日期”列。"),
    ]  # fmt: skip


def test_one_wrong_row_and_nothing_may_be_written(county, check):
    found = check("visits", [VISIT] * 3 + [VISIT | {"日期": None}])
    assert found.sheet.refused
    assert all_visits(county) == []


def test_a_clerk_brings_in_rows_of_the_own_unit_and_below_only(check):
    rows = [VISIT, VISIT | {"登记单位": "AL2101"}, VISIT | {"登记单位": "AL22"}, VISIT | {"登记单位": "AL01"}]
    found = check("visits", rows, people.LIN)
    assert [(row, heading) for row, heading, _ in errors(found)] == [(4, "登记单位"), (5, "登记单位")]
    assert not check("visits", rows, people.WU).sheet.refused


def test_accusations_are_sealed(county, bring):
    bring("visits", [VISIT | {"信访目的": "揭发控告", "被反映单位": "AL21"}])
    assert all_visits(county)[0].sealed
    for member in (people.LIN, people.WU, people.HAN):
        assert county.scalars(visible_visits(people.actor(county, member))).all() == []


def test_a_closed_unit_takes_rows_of_its_days_only(county, both, check):
    from tests.factories import plain_session

    with plain_session() as session, session.begin():
        people.unit(session, "AL22").valid_to = date(2025, 12, 31)
    rows = [
        VISIT | {"登记单位": "AL22", "日期": "2025-12-31"},
        VISIT | {"登记单位": "AL22", "日期": "2026-01-01"},
    ]
    assert errors(check("visits", rows)) == [(3, "登记单位", "AL22（白石乡）已于 2025-12-31 撤销。")]


def test_units_and_categories_are_known_by_their_everyday_names(county, bring):
    named = {
        "登记单位": "柳溪镇",
        "问题属地": "上河村",
        "责任单位": "安澜县住房和城乡建设局",
        "内容分类": "讨薪",
    }
    bring("visits", [FULL | named, FULL | {"责任单位": "县住建局", "外部编号": "2026-032"}], people.LIN)
    first, second = all_visits(county)
    assert (first.unit.code, first.location_unit.code, first.responsible_unit.code) == (
        "AL21",
        "AL2101",
        "AL11",
    )
    assert (first.category.label, second.responsible_unit.code) == ("劳动和社会保障/工资福利", "AL11")


def test_a_row_written_with_names_is_the_same_row(county, bring, check):
    bring("visits", [VISIT], people.LIN)
    assert check("visits", [VISIT | {"登记单位": "柳溪镇"}], people.LIN).sheet.known == 1


def test_a_name_that_several_bear_is_asked_back_at_its_cell_but_means_the_own_one(county, bring, check):
    add = {"代码": "AL2202", "名称": "上河村", "类别": "村", "上级代码": "AL22"}
    bring("organisations", [add])
    both = "叫“上河村”的机构不止一个，请写代码：AL2101（柳溪镇/上河村）、AL2202（白石乡/上河村）。"
    assert errors(check("visits", [FULL | {"问题属地": "上河村"}], people.WU)) == [(2, "问题属地", both)]
    assert errors(check("visits", [FULL | {"问题属地": "上河村"}], people.LIN)) == []


def test_an_everyday_word_of_two_categories_is_asked_back(check):
    found = errors(check("visits", [VISIT | {"内容分类": "拆迁"}]))
    assert [(row, heading) for row, heading, _message in found] == [(2, "内容分类")]
    assert (
        found[0][2]
        == "“拆迁”可以是几个内容分类，请写成其中之一：城乡建设/国有土地上房屋征收与补偿、城乡建设/集体土地上房屋拆迁与补偿。"
    )
