"""The worked June of petitions (tests/indicators/petition_world.py), counted by hand."""

from datetime import date

import pytest

from models.petition import Petition
from tests import factories

RATES = (
    "dispatch_on_time",
    "acceptance_on_time",
    "acceptance_on_time_statute",
    "reply_on_time",
    "bureau_rating",
    "bureau_satisfaction",
    "unit_rating",
    "unit_satisfaction",
    "campaign_rate",
)
COUNTS = (
    "upward_items",
    "upward_persons",
    "upward_visits",
    "upward_visit_persons",
    "petitions_registered",
    "campaign_assigned",
    "campaign_concluded",
)


def rates(table):
    return {code: (table[code].fraction, table[code].text) for code in RATES}


def counts(table):
    return {code: table[code].value for code in COUNTS}


def change(june, letter, **values):
    with factories.plain_session() as plain:
        row = plain.get(Petition, june[letter])
        for name, value in values.items():
            setattr(row, name, value)
        plain.commit()


def test_the_countys_rates(june, table):
    assert rates(table("AL", "2026-06")) == {
        "dispatch_on_time": ((4, 7), "57.14%"),  # A E L S of A B C E F L S
        "acceptance_on_time": ((2, 4), "50.00%"),  # A G of A B G L
        "acceptance_on_time_statute": ((3, 4), "75.00%"),  # A B G of A B G L
        "reply_on_time": ((2, 4), "50.00%"),  # M O of M N O P
        "bureau_rating": ((3, 4), "75.00%"),  # M N Q of M N O Q
        "bureau_satisfaction": ((2, 3), "66.67%"),  # M Q of M N Q
        "unit_rating": ((2, 4), "50.00%"),  # M Q of M N O Q
        "unit_satisfaction": ((1, 2), "50.00%"),  # M of M Q
        "campaign_rate": ((1, 3), "33.33%"),  # R of R S T
    }


def test_the_countys_counts(june, table):
    assert counts(table("AL", "2026-06")) == {
        "upward_items": 3,  # R S T
        "upward_persons": 6,  # 3 + 1 + 2
        "upward_visits": 1,  # R
        "upward_visit_persons": 3,
        "petitions_registered": 6,  # C D R S T V
        "campaign_assigned": 3,
        "campaign_concluded": 1,
    }


def test_a_townships_own_work(june, table):
    found = table("AL21", "2026-06")
    assert rates(found) == {
        "dispatch_on_time": ((0, 0), "—"),  # 柳溪镇 is no 信访部门
        "acceptance_on_time": ((1, 1), "100.00%"),  # G
        "acceptance_on_time_statute": ((1, 1), "100.00%"),
        "reply_on_time": ((1, 2), "50.00%"),  # O of N O
        "bureau_rating": ((0, 0), "—"),
        "bureau_satisfaction": ((0, 0), "—"),
        "unit_rating": ((0, 2), "0.00%"),  # N O
        "unit_satisfaction": ((0, 0), "—"),
        "campaign_rate": ((1, 2), "50.00%"),  # R of R T
    }
    assert found["petitions_registered"].value == 0


def test_the_bureaus_own_work_counts_by_who_registered(june, table):
    found = table("AL01", "2026-06")
    assert found["petitions_registered"].value == 6
    assert found["dispatch_on_time"].fraction == (3, 6)  # without L, which is sealed
    assert found["bureau_rating"].fraction == (3, 4)
    assert found["acceptance_on_time"].fraction == (0, 0)


@pytest.mark.parametrize("unit_code", ["AL01", "AL21", "AL2101"])
def test_what_comes_from_above_is_counted_for_the_whole_county_only(june, table, unit_code):
    found = table(unit_code, "2026-06")
    for code in ("upward_items", "upward_persons", "upward_visits", "upward_visit_persons"):
        figure = found[code]
        assert (figure.value, figure.text, figure.records) == (None, "—", None)


def test_no_table_of_units_shows_what_comes_from_above(june, report):
    codes = {i.code for i in report("AL", "2026-06").units.indicators}
    assert not {code for code in codes if code.startswith("upward")}
    assert "reply_on_time" in codes


def test_what_is_due_on_the_day_of_the_report_is_counted_and_what_is_due_after_it_is_not(june, table):
    assert table("AL", "2026-07", as_of=date(2026, 7, 14))["dispatch_on_time"].fraction == (0, 1)  # D
    assert table("AL", "2026-07", as_of=date(2026, 7, 15))["dispatch_on_time"].fraction == (0, 2)  # D V
    assert table("AL", "2026-07", as_of=date(2026, 7, 16))["dispatch_on_time"].fraction == (0, 3)  # D V W


def test_before_anything_can_be_due_there_is_nothing_to_list(june, table):
    figure = table("AL", "2026-08")["reply_on_time"]
    assert (figure.fraction, figure.text, figure.records) == ((0, 0), "—", None)


def test_late_stays_late_whatever_is_entered_afterwards(june, table):
    change(june, "P", concluded_on=date(2026, 7, 10))
    change(june, "C", dispatch_kind="assign", dispatched_on=date(2026, 7, 1))
    change(june, "L", notified_on=date(2026, 7, 1))
    found = table("AL", "2026-06")
    assert found["reply_on_time"].fraction == (2, 4)
    assert found["dispatch_on_time"].fraction == (4, 7)
    assert found["acceptance_on_time"].fraction == (2, 4)


def test_when_the_reply_was_served_plays_no_part(june, table):
    change(june, "M", served_on=date(2026, 7, 9))
    assert table("AL", "2026-06")["reply_on_time"].fraction == (2, 4)


def test_a_sealed_matter_counts_in_the_countys_row_only(june, table, report):
    assert table("AL12", "2026-06")["acceptance_on_time"].fraction == (0, 0)
    county = report("AL", "2026-06")
    place = [i.code for i in county.units.indicators].index("acceptance_on_time_statute")
    rows = {row.label: row.cells[place].text for row in county.units.rows}
    assert (rows["县住建局"], rows["县人社局"], rows["柳溪镇"]) == ("100.00%", "—", "100.00%")


def test_sealed_petitions_of_the_period_are_said(june, report):
    assert report("AL", "2026-05").sealed_petitions == 1  # L
    assert report("AL", "2026-06").sealed_petitions == 0


def test_each_campaign_stands_alone(june, table):
    found = {f.code: f.text for f in table("AL", "2026-06").figures if ":" in f.code}
    assert found == {
        "campaign_assigned:百日攻坚": "2",
        "campaign_concluded:百日攻坚": "1",  # S was concluded a day after the end of June
        "campaign_rate:百日攻坚": "50.00%",
        "campaign_assigned:第一批": "1",
        "campaign_concluded:第一批": "0",
        "campaign_rate:第一批": "0.00%",
    }


def test_a_unit_has_its_own_campaigns_only(june, table):
    codes = [f.code for f in table("AL22", "2026-06").figures if ":" in f.code]
    assert codes == ["campaign_assigned:百日攻坚", "campaign_concluded:百日攻坚", "campaign_rate:百日攻坚"]


def test_a_campaign_of_a_half_year_counts_what_was_concluded_by_its_end(june, table):
    assert table("AL", "2026Q3")["campaign_rate"].fraction == (0, 0)
    assert table("AL", "2026")["campaign_rate"].fraction == (2, 3)  # R S of R S T
