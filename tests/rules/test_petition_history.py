"""The history that a sheet's row tells: one line for each dated fact, each undone to how it was before."""

from dataclasses import replace
from datetime import date

from rules.petition_history import history_of
from rules.petition_stage_of import SheetFacts, stage_of
from rules.petition_states import WAYS, Stage, Verb
from rules.petition_words import Acceptance, Conclusion, DispatchKind, HandlingClass

WHOLE = SheetFacts(
    registered_on=date(2026, 3, 2),
    dispatch_kind=DispatchKind.ASSIGN,
    dispatched_on=date(2026, 3, 5),
    responsible_unit_id=11,
    unit_received_on=date(2026, 3, 6),
    notified_on=date(2026, 3, 10),
    acceptance=Acceptance.ACCEPTED,
    handling_class=HandlingClass.PETITION,
    extension_days=20,
    extension_approved_on=date(2026, 4, 30),
    concluded_on=date(2026, 5, 20),
    served_on=date(2026, 5, 18),
)


def lines(facts, conclusion=None):
    return [(step.verb, step.happened_on, step.outcome) for step in history_of(facts, conclusion)]


def test_a_whole_row_is_a_whole_history():
    assert lines(WHOLE, Conclusion.SUPPORTED) == [
        (Verb.ASSIGN, date(2026, 3, 5), ""),
        (Verb.RECEIVE, date(2026, 3, 6), ""),
        (Verb.NOTIFY, date(2026, 3, 10), "accepted"),
        (Verb.DECIDE_EXTENSION, date(2026, 4, 30), "agreed"),
        (Verb.SERVE, date(2026, 5, 18), "reply"),
        (Verb.CONCLUDE, date(2026, 5, 20), "supported"),
    ]


def test_nothing_but_a_registration_has_no_steps():
    assert lines(SheetFacts(date(2026, 3, 2))) == []


def test_of_one_day_the_order_is_that_of_the_law():
    day = date(2026, 3, 5)
    same = replace(
        WHOLE,
        unit_received_on=day,
        notified_on=day,
        extension_approved_on=None,
        concluded_on=day,
        served_on=day,
    )
    assert [verb for verb, _, _ in lines(same)] == [
        Verb.ASSIGN,
        Verb.RECEIVE,
        Verb.NOTIFY,
        Verb.SERVE,
        Verb.CONCLUDE,
    ]


def test_what_was_served_after_it_was_concluded_stands_after_it():
    late = history_of(replace(WHOLE, served_on=date(2026, 5, 25)))
    assert [step.verb for step in late][-2:] == [Verb.CONCLUDE, Verb.SERVE]
    assert late[-1].from_stage is Stage.CONCLUDED


def test_an_office_that_handles_it_itself_takes_it_on_the_day_it_has_it():
    direct = SheetFacts(date(2026, 3, 2), DispatchKind.DIRECT, notified_on=date(2026, 3, 9))
    (taken,) = history_of(direct)
    assert (taken.verb, taken.happened_on, taken.by_sender) == (Verb.TAKE, date(2026, 3, 2), True)


def test_each_step_leads_from_a_stage_in_which_it_may_be_taken():
    assert [s.verb for s in history_of(WHOLE) if s.from_stage not in WAYS[s.verb].stages] == []


def test_a_step_taken_back_leaves_the_columns_as_the_step_before_left_them():
    told = replace(WHOLE, extension_days=0, extension_approved_on=None, concluded_on=None, served_on=None)
    before = history_of(told)[-1].before
    assert before == {"stage": "received", "notified_on": None, "acceptance": None, "handling_class": None}
    undone = replace(told, notified_on=None, acceptance=None, handling_class=None)
    assert stage_of(undone).value == before["stage"]
