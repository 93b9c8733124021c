"""Bulletins' texts over the worked July (tests/indicators/world.py)."""

from datetime import date

import pytest

from indicators.catalogue import CATALOGUE
from indicators.number_guard import unmatched_numbers
from indicators.picker import insertables
from indicators.quoting import quote
from indicators.written_text import WrittenTable
from models.organisation import Unit
from rules.bulletin_text import Aspect, FigureToken
from tests import factories, people


def text_of(quoted):
    assert not quoted.problems
    return "\n".join(line.text for line in quoted.written.lines)


def rows_of(quoted):
    assert not quoted.problems
    (table,) = quoted.written.lines
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_a_sentence_of_the_county(quoted):
    text = "〔单位〕〔期间〕共接待群众来访〔接待来访批次〕批〔接待来访人次〕人次，批次同比〔接待来访批次：同比〕。"
    assert text_of(quoted("AL", text)) == (
        "安澜县2026年7月共接待群众来访5批23人次，批次同比上升400.0%。"  # 1 to 15 July 2025: one visit
    )


def test_beside_both_earlier_periods(quoted):
    text = (
        "〔接待来访人次：上年同期〕人次（〔上年同期〕），同比〔接待来访人次：同比〕；"
        "〔接待来访人次：上期〕人次（〔上期〕），环比〔接待来访人次：环比〕；"
        "重访环比〔重访批次：环比〕。截止〔截止日期〕。"
    )
    assert text_of(quoted("AL21", text, as_of=date(2026, 8, 3))) == (
        "6人次（2025年7月），同比上升166.7%；6人次（2026年6月），环比上升166.7%；"
        "重访环比无可比基数。截止2026年8月3日。"
    )


def test_without_any_on_both_sides_it_is_the_same(quoted):
    assert text_of(quoted("AL11", "集体访同比〔集体访批次：同比〕")) == "集体访同比持平"


def test_a_week_is_named_with_full_width_brackets(quoted):
    assert text_of(quoted("AL", "〔期间〕", "2026-W28")) == "2026年第28周（7月6日—7月12日）"


def test_a_unit_below_by_its_short_name_and_the_own_unit_by_its_own(quoted):
    text = "〔柳溪镇·接待来访批次〕、〔白石乡·接待来访人次〕、〔安澜县·接待来访批次〕、〔安澜县本级·领导接访人次〕"
    assert text_of(quoted("AL", text)) == "3、5、5、1"
    assert text_of(quoted("AL", "〔柳溪镇·接待来访批次：同比〕")) == "上升200.0%"
    assert (
        text_of(quoted("AL", "〔安澜县信访局·接待来访批次〕")) == "0"
    )  # by its full name; its visit is sealed


@pytest.mark.parametrize("unit", ["安澜县", "白石乡", "石门村", "县信访局"])
def test_a_township_quotes_itself_and_its_villages_only(quoted, unit):
    assert text_of(quoted("AL21", "〔柳溪镇·接待来访批次〕、〔上河村·接待来访批次〕")) == "3、1"
    found = quoted("AL21", f"〔{unit}·接待来访批次〕")
    assert [p.message for p in found.problems if "不是本单位，也不是直属下级单位" in p.message]
    assert found.written.lines[0].text == f"〔{unit}·接待来访批次〕"


def test_near_names_come_from_below_only(quoted):
    (problem,) = quoted("AL21", "〔白石镇·接待来访批次〕").problems
    assert "白石乡" not in problem.message


def test_two_units_of_one_short_name_must_be_told_apart(july, quoted):
    with factories.plain_session() as plain:
        people.unit(plain, "AL12").short_name = "县住建局"
        plain.commit()
    (problem,) = quoted("AL", "〔县住建局·接待来访批次〕").problems
    assert str(problem) == "第1行：〔县住建局·接待来访批次〕：有多个下级单位叫“县住建局”，请写全称。"
    assert text_of(quoted("AL", "〔安澜县住房和城乡建设局·接待来访批次〕")) == "0"


def test_every_problem_is_told_in_the_order_of_the_text_and_the_rest_is_written(quoted):
    found = quoted("AL", "〔集体访批〕批\n〔重访批次：同笔〕\n\n〔重访批次〕批〔")
    assert [p.line for p in found.problems] == [1, 2, 4]
    assert [line.text for line in found.written.lines] == ["〔集体访批〕批", "〔重访批次：同笔〕", "2批〔"]
    assert [line.number for line in found.written.lines] == [1, 2, 4]


def test_a_document_number_stays(quoted):
    assert text_of(quoted("AL", "云信〔2026〕3号")) == "云信〔2026〕3号"


def test_a_figure_says_what_it_is_and_where_its_rows_are(quoted, july):
    _, figure = quoted("AL", "镇〔柳溪镇·集体访批次〕").written.lines[0].passages
    township = str(people.unit(july, "AL21").id)
    assert (figure.code, figure.name, figure.aspect, figure.unit) == (
        "reception_group_batches",
        "集体访批次",
        "value",
        "柳溪镇",
    )
    assert figure.records.args == {
        "from": "2026-07-01",
        "to": "2026-07-31",
        "unit": township,
        "group": "1",
    }


def test_an_earlier_figure_opens_the_rows_of_its_own_period(quoted):
    (figure,) = quoted("AL21", "〔接待来访批次：上年同期〕").written.figures
    assert (figure.records.args["from"], figure.records.args["to"]) == ("2025-07-01", "2025-07-15")


def test_what_a_unit_registered_at_its_own_level_has_no_list(quoted):
    assert quoted("AL21", "〔柳溪镇本级·接待来访批次〕").written.lines[0].passages[0].records is None


def test_figures_are_those_of_the_catalogue_in_all_aspects(quoted, table):
    text = "\n".join(f"〔{i.name}〕" for i in CATALOGUE)
    assert text_of(quoted("AL", text)).split("\n") == [f.text for f in table("AL").figures]


def test_the_versions_of_the_definitions_are_kept(quoted):
    written = quoted("AL", "〔重访批次〕〔接待来访批次〕").written
    assert written.definitions == (("reception_batches", 1), ("reception_repeat_batches", 1))
    assert (written.unit_code, written.period, written.as_of) == ("AL", "2026-07", "2026-07-15")


EVERYTHING = "\n".join(
    [
        *(f"〔{i.name}{a}〕" for i in CATALOGUE for a in ("", "：同比", "：环比", "：上期", "：上年同期")),
        *(f"〔柳溪镇·{i.name}：同比〕" for i in CATALOGUE),
        *(t.token for t in (*insertables().tables, *insertables().charts)),
    ]
)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("没有指标", 0),
        ("〔接待来访批次〕〔集体访人次：同比〕〔领导接访人次：环比〕", 1),
        ("〔村级接访应开场次：同比〕〔接待来访批次〕", 2),
        ("〔柳溪镇·接待来访批次〕〔白石乡·接待来访批次：同比〕", 2),
        (EVERYTHING, 9),  # ten where there are campaigns
    ],
)
def test_statements_do_not_grow_with_the_text(both, july, scope, count_statements, text, most):
    county = scope("AL")
    for repeated in (text, "\n".join([text] * 3)):
        with count_statements(both) as statements:
            found = quote(july, county, repeated)
        assert not found.problems
        assert len(statements) == most


def test_more_units_ask_no_more(both, july, scope, count_statements):
    county = scope("AL")
    counts = []
    for extra in range(2):
        with factories.plain_session() as plain:
            _add_village(plain, f"AL220{extra + 8}")
        with count_statements(both) as statements:
            quote(july, county, EVERYTHING)
        counts.append(len(statements))
    assert counts == [9, 9]


def _add_village(plain, code):
    above = people.unit(plain, "AL22")
    unit = Unit(code=code, name=f"新村{code}", category="village", parent_id=above.id)
    plain.add(unit)
    plain.flush()
    unit.path = f"{above.path}{unit.id}/"
    plain.commit()


def test_all_that_is_offered_can_be_put_in(quoted):
    offered = insertables()
    tokens = [i.token for i in (*offered.words, *offered.tables, *offered.charts)]
    for _, figures in offered.figures:
        tokens += [t for i in figures for t in (i.token, *(token for _, token in i.aspects))]
    assert not quoted("AL", "\n".join(tokens)).problems
    assert [name for name, _ in offered.figures][:3] == ["接待来访", "集体访", "重访"]
    assert str(FigureToken("集体访批次", Aspect.YOY)) in tokens


def test_the_overview_beside_two_periods(quoted):
    found = quoted("AL21", "〔表：指标一览〕", as_of=date(2026, 8, 3))
    rows = rows_of(found)
    assert found.written.lines[0].columns == ("指标", "本期", "上年同期", "同比", "上期", "环比")
    assert rows[1] == ("接待来访人次（人次）", "16", "6", "+166.7%", "6", "+166.7%")
    assert len(rows) == len([i for i in CATALOGUE if not i.county_only])


def test_the_overview_of_a_year_has_one_earlier_period(quoted):
    found = quoted("AL21", "〔表：指标一览〕", "2025")
    assert found.written.lines[0].columns == ("指标", "本期", "上年同期", "同比")


def test_units_stand_in_the_order_of_the_tree_and_empty_ones_are_left_out(quoted):
    found = quoted("AL", "〔表：各单位接待来访〕")
    assert rows_of(found) == [("柳溪镇", "3", "16", "1", "12", "1"), ("白石乡", "1", "5", "1", "5", "1")]
    assert (
        found.written.lines[0].note
        == "未列出的单位本期没有可列的数字。依法密封的事项只计入总数，不列入本表。"
    )


def test_places_go_by_the_rate_of_sessions_held(quoted):
    """柳溪镇 owes 9 and held 2; 白石乡 owes 3 and held 1."""
    assert rows_of(quoted("AL", "〔表：村级接访开展率〕")) == [
        ("白石乡", "3", "1", "33.33%", "1"),
        ("柳溪镇", "9", "2", "22.22%", "2"),
    ]


def test_too_few_sessions_give_no_place(quoted):
    """To 8 July 白石乡 owes 2."""
    rows = rows_of(quoted("AL", "〔表：村级接访开展率〕", "2026-07-01..2026-07-08"))
    assert rows == [("柳溪镇", "6", "2", "33.33%", "1"), ("白石乡", "2", "1", "50.00%", "—")]


def test_small_categories_are_withheld(quoted, july):
    """房产物业 3, 自然资源 1: alone the small one would be told by the total, and the 3 cannot hide it."""
    found = quoted("AL", "〔表：内容分类〕")
    assert found.written.lines[0].text == "来访批次较少，不列分类。不足3批的分类不予公开。"
    assert unmatched_numbers(found.written) == ()
    with factories.plain_session() as plain:
        for _ in range(9):
            factories.visit(plain, "AL22", names=())
        factories.visit(plain, "AL22", names=(), category_id=factories.category(plain, "土地征收").id)
        factories.visit(plain, "AL22", names=(), category_id=factories.category(plain, "贪污贿赂").id)
        plain.commit()
    july.rollback()
    found = quoted("AL", "〔表：内容分类〕")  # 12, 2, 1: either of the two may be the 1
    assert rows_of(found) == [
        ("房产物业", "12", "25", "80.00%"),
        ("纪检监察", "<3", "—", "—"),
        ("自然资源", "<3", "—", "—"),
    ]
    assert all(not cell.records for row in found.written.lines[0].rows[1:] for cell in row)
    (chart,) = quoted("AL", "〔图：内容分类〕").written.lines
    assert (chart.labels, chart.series) == (("房产物业",), (("批次", (12,)),))


def test_small_outcomes_are_withheld_and_sealed_matters_stand_in_no_cell(quoted):
    """Solved 2, committed 1, explained 1; the sealed one that was forwarded counts in the total of 5 only."""
    found = quoted("AL", "〔表：处理结果〕")
    assert rows_of(found) == [
        ("梳理上报", "0", "0", "0.00%"),
        ("转送办理", "0", "0", "0.00%"),
        ("现场解决", "<3", "—", "—"),
        ("解释引导", "<3", "—", "—"),
        ("限期化解", "<3", "—", "—"),
    ]
    assert found.written.lines[0].note.endswith("依法密封的事项只计入总数，不列入本表。")
    (line,) = quoted("AL", "〔表：初重访〕").written.lines  # 2 and 2: together they would tell each other
    assert "不列分类" in line.text


def test_no_day_of_a_trend_shows_a_sealed_matter(quoted):
    days = {row[0]: row[1:] for row in rows_of(quoted("AL", "〔表：接待来访趋势〕"))}
    assert days["7/14"] == ("0", "0")
    assert days["7/15"] == ("1", "5")


def test_a_chart_beside_last_year(quoted):
    (chart,) = quoted("AL21", "〔图：接待来访同比〕", "2026").written.lines
    now, before = chart.series
    assert (chart.form, chart.labels[6], now[1][6], before[1][6]) == ("line", "7月", 3, 2)
    assert now[1][7] is None  # August has not come


def test_one_day_makes_no_trend_and_its_chart_is_left_out(quoted):
    (chart,) = quoted("AL", "〔图：接待来访趋势〕", "2026-07-08").written.lines
    assert (chart.labels, chart.series) == ((), ())


def test_a_chart_of_sessions_held(quoted):
    (chart,) = quoted("AL", "〔图：村级接访开展率〕").written.lines
    assert chart.series == (("开展率", (22.22, 33.33)),)
    assert chart.labels == ("柳溪镇", "白石乡")


def test_no_table_gives_places_but_by_a_rate_of_the_units_own_work(quoted):
    by_rate = {"村级接访开展率", "及时受理率位次", "按期答复率位次"}
    for offered in insertables().tables:
        (table,) = quoted("AL", offered.token).written.lines
        if isinstance(table, WrittenTable):  # without lines it is a sentence
            assert ("位次" in table.columns) == (offered.name in by_rate)
