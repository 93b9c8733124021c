"""Tables of a bulletin over the worked June of petitions (tests/indicators/petition_world.py)."""

from datetime import date

from indicators.quoted_records import rows_behind
from tests import factories
from tests.indicators.petition_world import petition, sent


def lines_of(quoted, text, period="2026-06"):
    found = quoted("AL", text, period)
    assert not found.problems
    return found.written.lines


def rows_of(quoted, text, period="2026-06"):
    (table,) = lines_of(quoted, text, period)
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_the_rates_in_a_sentence(june, quoted):
    text = (
        "信访部门及时受理率〔信访部门及时受理率〕，责任单位及时受理率〔责任单位及时受理率（系统口径）〕、"
        "〔责任单位及时受理率（条例口径）〕，按期答复率〔按期答复率〕，同比〔按期答复率：同比〕。"
    )
    (line,) = lines_of(quoted, text)
    assert line.text == (
        "信访部门及时受理率57.14%，责任单位及时受理率50.00%、75.00%，按期答复率50.00%，同比无可比基数。"
    )


def test_each_units_rates_without_places(june, quoted):
    """Without L, which is sealed."""
    assert rows_of(quoted, "〔表：各单位办理时效〕") == [
        ("县信访局", "50.00%", "—", "—", "—"),
        ("县住建局", "—", "50.00%", "100.00%", "50.00%"),
        ("柳溪镇", "—", "100.00%", "100.00%", "50.00%"),
    ]


def test_fewer_than_three_due_give_no_place(june, quoted):
    """县住建局 owes two replies and 柳溪镇 two."""
    assert rows_of(quoted, "〔表：按期答复率位次〕") == [
        ("县住建局", "2", "1", "50.00%", "—"),
        ("柳溪镇", "2", "1", "50.00%", "—"),
    ]


def test_places_go_by_the_rate_and_equal_rates_share_one(june, quoted):
    """县住建局 1 of 2 and two more in time: 3 of 4; 柳溪镇 likewise; 白石乡 three of three, 县人社局 one of one."""
    with factories.plain_session() as plain:
        for unit, many in (("AL11", 2), ("AL21", 2), ("AL22", 3), ("AL12", 1)):
            for _ in range(many):
                _answered_in_time(plain, unit)
        plain.commit()
    assert rows_of(quoted, "〔表：按期答复率位次〕") == [
        ("白石乡", "3", "3", "100.00%", "1"),
        ("县住建局", "4", "3", "75.00%", "2"),
        ("柳溪镇", "4", "3", "75.00%", "2"),
        ("县人社局", "1", "1", "100.00%", "—"),
    ]


def _answered_in_time(session, unit):
    """Accepted on 10 April, so to be answered by 9 June."""
    petition(
        session,
        "AL01",
        registered_on=date(2026, 3, 20),
        responsible=unit,
        **sent(date(2026, 3, 25)),
        notified_on=date(2026, 4, 10),
        acceptance="accepted",
        handling_class="petition",
        concluded_on=date(2026, 6, 9),
    )


def test_a_ranking_says_how_it_counts(june, quoted):
    (table,) = lines_of(quoted, "〔表：及时受理率位次〕")
    assert table.columns == ("单位", "应受理件数", "及时受理件数", "责任单位及时受理率（系统口径）", "位次")
    assert "登记后30日内告知信访人" in table.note
    assert "不足3件的不排位次" in table.note
    assert table.note.endswith("依法密封的事项只计入总数，不列入本表。")


def test_each_campaign_has_a_line(june, quoted):
    assert rows_of(quoted, "〔表：交办积案〕") == [
        ("百日攻坚", "2", "1", "50.00%"),
        ("第一批", "1", "0", "0.00%"),
    ]


def test_without_campaigns_it_says_so(june, quoted):
    (line,) = lines_of(quoted, "〔表：交办积案〕", "2026-05")
    assert line.text == "本期没有交办积案。"


def test_the_rows_behind_figures_and_campaigns_are_kept(june, july, scope, quoted):
    written = quoted("AL", "〔按期答复率〕\n〔表：交办积案〕", "2026-06").written
    kept = rows_behind(july, scope("AL", "2026-06"), written)
    assert kept == {
        "reply_on_time": [june[letter] for letter in "MNOP"],
        "campaign_assigned": [june[letter] for letter in "RST"],
    }
