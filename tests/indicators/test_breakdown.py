"""The worked July cut up by unit, category, word and time."""

from indicators.report import sentences
from rules.periods import Compare
from tests import people


def unit_rows(report, *codes):
    places = [[i.code for i in report.units.indicators].index(code) for code in codes]
    return {row.label: tuple(row.cells[place].value for place in places) for row in report.units.rows}


def share_rows(report, key):
    table = next(t for t in report.shares if t.key == key)
    return [(s.label, s.batches, s.persons, s.share_text) for s in table.rows]


def test_units_stand_in_the_order_of_the_tree_whatever_their_figures(report):
    rows = unit_rows(report("AL"), "reception_batches", "reception_persons", "village_sessions_due")
    assert list(rows.items()) == [
        ("安澜县本级", (0, 0, 0)),
        ("县信访局", (0, 0, 0)),  # its only visit is sealed
        ("县住建局", (0, 0, 0)),
        ("县人社局", (0, 0, 0)),
        ("柳溪镇", (3, 16, 9)),
        ("白石乡", (1, 5, 3)),
    ]


def test_what_a_township_registered_itself_stands_apart_from_its_villages(report):
    rows = unit_rows(report("AL21"), "reception_batches", "village_sessions_held", "leader_receptions")
    assert rows == {
        "柳溪镇本级": (2, 0, 1),
        "上河村": (1, 2, 0),
        "下河村": (0, 0, 0),
        "柳园社区": (0, 0, 0),
    }


def test_a_village_has_no_rows_below(report):
    assert report("AL2101").units.rows == ()


def test_a_cell_says_which_records_it_was_made_from(report, july):
    row = next(r for r in report("AL").units.rows if r.label == "柳溪镇")
    township = str(people.unit(july, "AL21").id)
    records = row.cells[2].records
    assert (records.page, records.args) == (
        "visits",
        {"from": "2026-07-01", "to": "2026-07-31", "unit": township, "group": "1"},
    )


def test_columns_are_headed_by_their_groups(report):
    assert report("AL").units.groups == [
        ("接待来访", 2),
        ("集体访", 2),
        ("重访", 1),
        ("信访事项", 1),
        ("信访部门", 1),
        ("责任单位及时受理", 2),
        ("按期答复", 1),
        ("信访部门评价", 2),
        ("责任单位评价", 2),
        ("村级接访", 4),
        ("现场解决", 2),
        ("限期化解", 2),
        ("梳理上报", 2),
        ("领导接访", 2),
        ("联席会议", 3),
        ("值班信息", 3),
        ("督办", 3),
        ("议定事项", 1),
        ("约谈", 2),
        ("交办积案", 3),
        ("信息稿件", 1),
    ]


def test_categories_of_the_first_level_the_most_frequent_first(report):
    assert share_rows(report("AL"), "category") == [
        ("房产物业", 3, 16, "60.00%"),
        ("自然资源", 1, 5, "20.00%"),
        ("纪检监察", 1, 2, "20.00%"),
    ]


def test_a_sealed_visits_category_shows_in_the_countys_row_only(report):
    assert report("AL").sealed_batches == 1
    assert share_rows(report("AL01"), "category") == []


def test_words_in_the_order_of_the_register(report):
    county = report("AL")
    assert share_rows(county, "type") == [
        ("日常接访", 4, 22, "80.00%"),
        ("领导接访", 0, 0, "0.00%"),
        ("村级接访", 1, 1, "20.00%"),
        ("下沉接访", 0, 0, "0.00%"),
    ]
    assert share_rows(county, "outcome") == [
        ("现场解决", 2, 8, "40.00%"),
        ("限期化解", 1, 12, "20.00%"),
        ("梳理上报", 0, 0, "0.00%"),
        ("转送办理", 1, 2, "20.00%"),
        ("解释引导", 1, 1, "20.00%"),
    ]
    assert share_rows(county, "kind") == [("初访", 3, 6, "60.00%"), ("重访", 2, 17, "40.00%")]


def test_without_visits_a_share_is_a_dash_and_not_a_zero(report):
    assert share_rows(report("AL11"), "kind") == [("初访", 0, 0, "—"), ("重访", 0, 0, "—")]


def test_days_that_have_not_come_are_no_zeros(report):
    points = report("AL21").series.points
    assert len(points) == 31
    assert [(p.label, p.batches_text, p.persons_text) for p in points[6:9]] == [
        ("7/7", "0", "0"),
        ("7/8", "2", "13"),
        ("7/9", "0", "0"),
    ]
    assert (points[14].batches, points[15].batches, points[15].batches_text) == (0, None, "—")


def test_a_year_runs_by_month_and_a_quarter_by_week(report):
    year = report("AL21", "2026").series
    assert [(p.label, p.batches_text) for p in year.points[4:8]] == [
        ("5月", "0"),
        ("6月", "1"),
        ("7月", "3"),
        ("8月", "—"),
    ]
    assert report("AL21", "2026Q3").series.title == "接待来访趋势（按周）"
    assert len(report("AL21", "2026Q3", step="month").series.points) == 3


def test_too_fine_a_step_for_a_long_period_is_not_taken(report):
    assert len(report("AL21", "2020-01-01..2025-12-31", step="day").series.points) == 72


def test_the_report_says_what_it_shows(report):
    county = report("AL", compare=Compare.YOY)
    assert sentences(county.table, county.sealed_batches) == [
        "2026年7月（2026-07-01 至 2026-07-31），安澜县及下级，统计截止 2026-07-15。",
        "同比：期间未结束，取同样长的一段：与2025年7月1日—7月15日（2025-07-01 至 2025-07-15）相比。",
        "批次数行数，人次加总来访人数；集体访为 5 人及以上；作废登记不计；"
        "来访按登记单位、来访日期统计，村级接访、领导接访按各自登记表统计。",
        "信访事项的各项比率按到期日（评价按办结日期）统计，只计纳入统计的初件，不含涉法涉诉；"
        "统计截止日之后到期的不计；分母为零的印 —。",
        "其中密封事项 1 批只计入全县，不分到下级单位；明细只有指定人员和登记人可看。",
    ]
