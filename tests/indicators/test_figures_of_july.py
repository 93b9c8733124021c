"""The worked July (tests/indicators/world.py), added up by hand."""

from datetime import date

import pytest

from indicators.campaigns import ALL_CAMPAIGNS
from indicators.petition_figures import PETITION_FIGURES
from models.office import OfficeRule
from rules.periods import Compare
from tests import factories, people
from tests.people import NOW

PETITIONS = {i.code for i in (*PETITION_FIGURES, *ALL_CAMPAIGNS)}


def values(table):
    return {f.code: f.value for f in table.figures if f.code not in PETITIONS}


def test_the_county(table):
    assert values(table("AL")) == {
        "reception_batches": 5,  # 柳溪镇 2, 上河村 1, 白石乡 1, and the sealed one
        "reception_persons": 23,  # 3 + 12 + 1 + 5 + 2
        "reception_group_batches": 2,  # 12 and 5 persons
        "reception_group_persons": 17,
        "reception_repeat_batches": 2,
        "village_sessions_due": 12,  # 4 villages, Wednesdays 1, 8 and 15 July; the 22nd and 29th have not come
        "village_sessions_held": 3,
        "village_batches": 5,  # 1 + 4 + 0
        "village_persons": 10,  # 1 + 9 + 0
        "village_solved_batches": 3,
        "village_solved_persons": 4,
        "village_committed_batches": 1,
        "village_committed_persons": 5,
        "village_escalated_batches": 1,
        "village_escalated_persons": 1,
        "leader_receptions": 2,
        "leader_solved": 3,
        "meetings_county": 0,
        "meetings_township": 0,
        "meetings_township_due": 0,  # July is not over
        "duty_information": 0,
        "duty_instructions": 0,
        "duty_reply_on_time": None,
        "supervision_tasks": 0,
        "supervision_feedback_on_time": None,
        "supervision_closed_on_time": None,
        "decisions_on_time": None,
        "interviewed_units": 2,  # 柳溪镇 twice, 白石乡 once; one on the 20th has not come, one is void
        "interviewed_persons": 6,  # 2 + 1 + 3
        "publications_province": 0,
    }


def test_a_township_with_its_villages(table):
    found = values(table("AL21"))
    assert (found["reception_batches"], found["reception_persons"]) == (3, 16)
    assert (found["village_sessions_due"], found["village_sessions_held"]) == (9, 2)
    assert (found["leader_receptions"], found["leader_solved"]) == (1, 1)


def test_a_village(table):
    found = values(table("AL2101"))
    assert (found["reception_batches"], found["village_sessions_due"], found["village_persons"]) == (1, 3, 10)


def test_a_void_visit_counts_nowhere(table):
    assert table("AL22")["reception_persons"].value == 5


def test_a_sealed_visit_counts_in_the_countys_row_only(table):
    assert table("AL01")["reception_batches"].value == 0
    assert table("AL", "2026-07-14")["reception_persons"].value == 2


def test_one_iso_week(table):
    found = table("AL21", "2026-W28")  # 6 to 12 July
    assert (found["reception_batches"].text, found["reception_persons"].text) == ("2", "13")
    assert found["village_sessions_due"].value == 3


def test_days_at_both_ends_belong_to_the_period(table):
    assert table("AL21", "2026-07-01..2026-07-08")["reception_batches"].value == 3


def test_a_running_month_is_set_beside_as_many_days_of_the_year_before(table):
    """1 to 15 July 2025 holds one visit of 4; that of 20 July 2025 is left out."""
    found = table("AL21", compare=Compare.YOY)
    assert found.before.period.text == "2025-07-01..2025-07-15"
    batches, persons = found["reception_batches"], found["reception_persons"]
    assert (batches.previous, batches.change_text) == (1, "+200.0%")
    assert (persons.previous, persons.change_text) == (4, "+300.0%")


def test_a_finished_month_is_set_beside_the_whole_month_of_the_year_before(table):
    found = table("AL21", compare=Compare.YOY, as_of=date(2026, 8, 3))
    assert found.before.period.text == "2025-07"
    assert (found["reception_batches"].previous, found["reception_persons"].previous) == (2, 6)


def test_beside_the_month_before(table):
    """1 to 15 June: nothing, so there is no base; all of June once July is over."""
    running = table("AL21", compare=Compare.MOM)["reception_batches"]
    assert (running.previous, running.change, running.change_text) == (0, None, "—")
    finished = table("AL21", compare=Compare.MOM, as_of=date(2026, 7, 31))["reception_persons"]
    assert (finished.previous, finished.change_text) == (6, "+166.7%")


def test_nothing_is_compared_unless_asked(table):
    figure = table("AL21")["reception_batches"]
    assert (figure.previous, figure.previous_text, figure.change_text) == (None, None, None)


def test_a_future_period_owes_nothing(table):
    found = table("AL", "2026-08", compare=Compare.MOM)
    assert found["village_sessions_due"].value == 0
    assert found.before.period.text == "2026-07"


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (date(2026, 7, 8), None, 2),  # in being from the second Wednesday: 8 and 15 July
        (None, date(2026, 7, 8), 2),  # its last day is the second Wednesday: 1 and 8 July
        (date(2026, 7, 9), date(2026, 7, 14), 0),
    ],
)
def test_a_village_owes_sessions_while_it_is_in_being(july, table, first, last, due):
    with factories.plain_session() as plain:
        village = people.unit(plain, "AL2201")
        village.valid_from, village.valid_to = first, last
        plain.commit()
    july.expire_all()
    assert table("AL22")["village_sessions_due"].value == due


def test_the_group_threshold_in_force_at_the_end_of_the_period_holds(july, table):
    with factories.plain_session() as plain:
        rule = dict(key="group_visit_persons", basis="县信访局规定", set_at=NOW)
        plain.add(OfficeRule(value="10", valid_from=date(2026, 7, 1), **rule))
        plain.commit()
    assert table("AL")["reception_group_batches"].value == 1
    assert table("AL", "2026-06")["reception_group_batches"].value == 1  # 6 persons, 5 were enough


def test_a_changed_session_day_changes_only_the_weeks_after(july, table):
    """From Monday 13 July on sessions are on Fridays: 1 and 8 July stay, the 17th has not come."""
    with factories.plain_session() as plain:
        rule = dict(key="session_weekday", basis="县信访局规定", set_at=NOW)
        plain.add(OfficeRule(value="5", valid_from=date(2026, 7, 13), **rule))
        plain.commit()
    assert table("AL2101")["village_sessions_due"].value == 2
