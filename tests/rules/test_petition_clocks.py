"""Facts in, clocks out; every date is written out and can be counted by hand.

Reckoned with the shipped limits and calendar: of 2026, Monday 6 April (清明节), 1 to 5 May (劳动节) and Friday 19 June
(端午节) are days off, Saturday 9 May is worked.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.terms import shipped_calendar, shipped_limits
from rules.calendar_effects import Terms
from rules.petition_clocks import RIGHTS, Clock, PetitionFacts, Return, ReviewFacts, clocks_of
from rules.petition_words import Acceptance, HandlingClass, MatterClass, ReviewKind
from rules.time_limit_kinds import Due, Pause
from rules.time_limits import limit_on, reckon

BUREAU, TOWN, CITY = 1, 21, 99
ACCEPTED, PETITION = Acceptance.ACCEPTED, HandlingClass.PETITION
REVIEW, RE_REVIEW = ReviewKind.REVIEW, ReviewKind.RE_REVIEW
TERMS = Terms(shipped_calendar(), shipped_limits())


def day(month: int, number: int) -> date:
    return date(2026, month, number)


LETTER = PetitionFacts(BUREAU, registered_by_bureau=True, received_on=day(3, 2))
"""Came in on a Monday."""
SENT = replace(LETTER, dispatched_on=day(3, 4), responsible_unit_id=TOWN)
TAKEN_IN = replace(SENT, unit_received_on=day(3, 5))
HANDLED = replace(TAKEN_IN, notified_on=day(3, 10), acceptance=ACCEPTED, handling_class=PETITION)
ANSWERED = replace(HANDLED, served_on=day(5, 8), concluded_on=day(5, 8))
AT_THE_TOWN = PetitionFacts(
    TOWN,
    registered_by_bureau=False,
    received_on=day(3, 2),
    responsible_unit_id=TOWN,
    unit_received_on=day(3, 2),
)
ASKED = ReviewFacts(7, REVIEW, CITY, applied_on=day(5, 20))


def due_of(clock: Clock) -> Due:
    return reckon(
        limit_on(TERMS.limits, clock.key, clock.started_on),
        clock.started_on,
        TERMS.calendar,
        extension_days=clock.extension_days,
        extension_approved_on=clock.extension_approved_on,
        pauses=tuple(Pause(*pause) for pause in clock.pauses),
        set_for=clock.fixed_due_on,
    )


def dates(facts: PetitionFacts) -> dict[str, tuple[date, date, date | None]]:
    """Key → started, due, met."""
    return {c.key: (c.started_on, due_of(c).due_on, c.met_on) for c in clocks_of(facts)}


def the(facts: PetitionFacts, key: str) -> Clock:
    return next(clock for clock in clocks_of(facts) if clock.key == key)


@pytest.mark.parametrize(
    "exempt",
    [{"anonymous": True}, {"matter_class": MatterClass.ACCUSATION}, {"judicial": True}],
    ids=["nobody to be told (23.2)", "检举控告 (23.4)", "涉法涉诉 (23.4)"],
)
def test_where_article_23_sets_no_time_of_notice_none_runs(exempt: dict[str, Any]) -> None:
    assert dates(replace(TAKEN_IN, **exempt)).keys() == {"xfbm_dispatch", "objection"}
    assert dates(replace(SENT, **exempt)).keys() == {"xfbm_dispatch", "objection"}
    assert dates(replace(AT_THE_TOWN, **exempt)) == {}
    told = replace(HANDLED, **exempt)
    assert dates(told)["handle"] == (day(3, 10), day(5, 9), None)


def test_suggestions_and_requests_are_told_in_time() -> None:
    for kind in (MatterClass.SUGGESTION, MatterClass.APPEAL, MatterClass.OTHER):
        assert "xfr_notice" in dates(replace(TAKEN_IN, matter_class=kind))


def test_the_bureau_has_15_days_from_receiving_to_send_a_letter_on() -> None:
    assert dates(LETTER) == {"xfbm_dispatch": (day(3, 2), day(3, 17), None)}
    assert dates(SENT)["xfbm_dispatch"] == (day(3, 2), day(3, 17), day(3, 4))


def test_until_the_unit_signs_its_clocks_run_from_the_day_it_was_sent() -> None:
    assert dates(SENT) == {
        "xfbm_dispatch": (day(3, 2), day(3, 17), day(3, 4)),
        "xfr_notice": (day(3, 4), day(3, 19), None),
        "objection": (day(3, 4), day(3, 11), None),
    }
    assert {c.key for c in clocks_of(SENT) if c.assumed} == {"xfr_notice", "objection"}
    assert dates(replace(SENT, sent_on=day(3, 16)))["xfr_notice"][:2] == (day(3, 16), day(3, 31))
    assert not any(c.assumed for c in clocks_of(TAKEN_IN))


def test_what_an_old_register_tells_of_without_a_day_of_receipt_has_no_assumed_clock() -> None:
    told = replace(SENT, notified_on=day(3, 10), acceptance=ACCEPTED, handling_class=PETITION)

    assert dates(told).keys() == {"xfbm_dispatch", "handle"}


def test_what_came_back_is_to_be_sent_on_within_15_days_of_agreeing_to_it() -> None:
    """The first sending met the first 15 days; each return begins 15 of its own."""
    back = replace(LETTER, dispatched_on=day(3, 4), returns=[Return(5, day(3, 16))])
    runs = [(c.occasion, c.started_on, due_of(c).due_on, c.met_on) for c in clocks_of(back)]
    assert runs == [(0, day(3, 2), day(3, 17), day(3, 4)), (5, day(3, 16), day(3, 31), None)]

    again = replace(back, returns=[Return(5, day(3, 16), sent_on=day(4, 1))])
    assert [c.met_on for c in clocks_of(again)] == [day(3, 4), day(4, 1)]


def test_what_a_review_sends_back_has_60_days_from_the_opinion() -> None:
    """Concluded on 8 May, sent back on 10 June: to be concluded again by 9 August."""
    redone = replace(ASKED, decided_on=day(6, 10), sends_back=True)
    facts = replace(ANSWERED, reviews=[redone])
    runs = [
        (c.occasion, c.started_on, due_of(c).due_on, c.met_on) for c in clocks_of(facts) if c.key == "handle"
    ]
    assert runs == [(0, day(3, 10), day(5, 9), day(5, 8)), (7, day(6, 10), day(8, 9), None)]

    done = replace(facts, reviews=[replace(redone, concluded_again_on=day(7, 30))])
    assert [c.met_on for c in clocks_of(done) if c.key == "handle"] == [day(5, 8), day(7, 30)]
    upheld = replace(ANSWERED, reviews=[replace(ASKED, decided_on=day(6, 10))])
    assert [c.occasion for c in clocks_of(upheld) if c.key == "handle"] == [0]


def test_a_unit_has_15_days_from_its_own_receipt_and_five_working_days_to_object() -> None:
    assert dates(TAKEN_IN) == {
        "xfbm_dispatch": (day(3, 2), day(3, 17), day(3, 4)),
        "xfr_notice": (day(3, 5), day(3, 20), None),
        "objection": (day(3, 5), day(3, 12), None),
    }


@pytest.mark.parametrize(
    ("received_on", "last_day"),
    [
        (day(3, 30), day(4, 7)),
        (day(4, 3), day(4, 13)),
        (day(4, 30), day(5, 11)),
        (day(6, 18), day(6, 26)),
        (day(3, 7), day(3, 13)),
    ],
    ids=[
        "over 清明",
        "the eve of 清明",
        "over 劳动节 with a worked Saturday",
        "the eve of 端午",
        "on a Saturday",
    ],
)
def test_days_off_do_not_count_among_the_five_to_object(received_on: date, last_day: date) -> None:
    assert due_of(the(replace(SENT, unit_received_on=received_on), "objection")).due_on == last_day


def test_a_unit_that_registers_itself_tells_the_petitioner_within_15_days_and_has_nobody_to_object_to() -> (
    None
):
    assert dates(AT_THE_TOWN) == {"direct_notice": (day(3, 2), day(3, 17), None)}


def test_what_the_bureau_takes_itself_is_sent_on_by_its_notice_however_early_it_was_taken() -> None:
    """直接受理 of a 信访部门 is dated by its 告知日期."""
    taken = replace(
        LETTER, taken_directly=True, responsible_unit_id=BUREAU, unit_received_on=LETTER.received_on
    )
    assert dates(taken)["xfbm_dispatch"] == (day(3, 2), day(3, 17), None)

    told = replace(taken, notified_on=day(3, 20), acceptance=ACCEPTED, handling_class=PETITION)
    assert dates(told)["xfbm_dispatch"] == (day(3, 2), day(3, 17), day(3, 20))
    assert dates(told)["direct_notice"] == (day(3, 2), day(3, 17), day(3, 20))


def test_taken_directly_without_a_unit_or_a_day_it_is_told_of_by_who_registered_it() -> None:
    """An old register's 直接受理; one that is concluded without a notice owes none any more."""
    taken = replace(LETTER, taken_directly=True)
    notice = the(taken, "direct_notice")
    assert (notice.unit_id, notice.started_on, notice.assumed) == (BUREAU, day(3, 2), False)
    handled = replace(taken, notified_on=day(3, 10), acceptance=ACCEPTED, handling_class=PETITION)
    assert the(handled, "handle").unit_id == BUREAU
    assert "direct_notice" not in dates(replace(taken, concluded_on=day(4, 1)))


def test_what_came_back_and_was_then_taken_keeps_the_day_it_was_first_sent() -> None:
    facts = replace(
        TAKEN_IN, taken_directly=True, unit_received_on=LETTER.received_on, responsible_unit_id=BUREAU
    )

    assert dates(facts) == {
        "xfbm_dispatch": (day(3, 2), day(3, 17), day(3, 4)),
        "direct_notice": (day(3, 2), day(3, 17), None),
    }


def test_notice_of_any_result_meets_the_clock_and_ends_the_time_to_object() -> None:
    for result in Acceptance:
        told = replace(TAKEN_IN, notified_on=day(3, 10), acceptance=result)
        assert the(told, "xfr_notice").met_on == day(3, 10)
        assert (the(told, "objection").met_on, the(told, "objection").ended_on) == (None, day(3, 10))


def test_an_objection_uses_the_right_and_stops_nothing_else() -> None:
    objected = replace(TAKEN_IN, objected_on=day(3, 9))

    assert the(objected, "objection").met_on == day(3, 9)
    assert (the(objected, "xfr_notice").met_on, the(objected, "xfr_notice").ended_on) == (None, None)
    assert the(replace(objected, notified_on=day(3, 18)), "objection").met_on == day(3, 9)


def test_what_was_accepted_on_10_march_is_concluded_by_9_may() -> None:
    assert dates(HANDLED)["handle"] == (day(3, 10), day(5, 9), None)
    assert dates(replace(HANDLED, concluded_on=day(5, 12)))["handle"] == (day(3, 10), day(5, 9), day(5, 12))


@pytest.mark.parametrize(
    ("approved_on", "due_on"),
    [(day(5, 8), day(6, 8)), (day(5, 9), day(5, 9)), (day(5, 10), day(5, 9)), (None, day(5, 9))],
    ids=["the day before", "on the day", "the day after", "never"],
)
def test_an_extension_counts_only_when_approved_before_the_day(
    approved_on: date | None, due_on: date
) -> None:
    extended = replace(HANDLED, extension_days=30, extension_approved_on=approved_on)

    assert due_of(the(extended, "handle")).due_on == due_on


@pytest.mark.parametrize("acceptance", [Acceptance.REFUSED, Acceptance.NO_LONGER, None])
def test_what_was_not_accepted_has_no_60_days(acceptance: Acceptance | None) -> None:
    assert "handle" not in dates(replace(HANDLED, acceptance=acceptance))


@pytest.mark.parametrize("handling_class", [c for c in HandlingClass if c is not PETITION])
def test_only_the_petition_procedure_has_60_days_and_a_review(handling_class: HandlingClass) -> None:
    assert not dates(replace(ANSWERED, handling_class=handling_class)).keys() & {"handle", "fc_apply"}


def test_an_assignment_is_reported_on_by_the_day_of_its_letter() -> None:
    assigned = replace(SENT, feedback_due_on=day(4, 30))

    assert dates(assigned)["jiaoban_feedback"] == (day(3, 4), day(4, 30), None)
    assert dates(replace(assigned, reported_on=day(5, 6)))["jiaoban_feedback"] == (
        *(day(3, 4), day(4, 30)),
        day(5, 6),
    )


def test_what_was_assigned_after_it_had_come_back_starts_on_the_day_of_the_assignment() -> None:
    again = replace(SENT, feedback_due_on=day(4, 30), assigned_on=day(3, 16))

    assert dates(again)["jiaoban_feedback"][0] == day(3, 16)
    assert dates(again)["xfbm_dispatch"][2] == day(3, 4)


def test_from_the_service_of_the_reply_the_petitioner_has_30_days() -> None:
    clock = the(ANSWERED, "fc_apply")
    due = due_of(clock)

    assert (clock.started_on, due.due_on, due.legal_due_on) == (day(5, 8), day(6, 7), day(6, 8))
    assert clock.unit_id is None


def test_a_review_is_decided_within_30_days_and_a_hearing_does_not_stop_it() -> None:
    asked = replace(ANSWERED, reviews=[replace(ASKED, heard=(day(6, 1), day(6, 3)))])

    assert dates(asked)["fc_apply"][2] == day(5, 20)
    assert dates(asked)["fc_decide"] == (day(5, 20), day(6, 19), None)
    assert the(asked, "fc_decide").unit_id == CITY


def test_a_re_review_stands_still_for_the_days_of_its_hearing() -> None:
    decided = replace(ASKED, decided_on=day(6, 10), served_on=day(6, 12))
    again = ReviewFacts(8, RE_REVIEW, CITY, applied_on=day(6, 20), heard=(day(7, 6), day(7, 8)))
    facts = replace(ANSWERED, reviews=[decided, again])

    assert dates(facts)["fh_apply"] == (day(6, 12), day(7, 12), day(6, 20))
    assert dates(facts)["fh_decide"] == (day(6, 20), day(7, 23), None)
    unheard = replace(facts, reviews=[decided, replace(again, heard=None)])
    assert dates(unheard)["fh_decide"][1] == day(7, 20)


def test_a_review_that_was_withdrawn_ends_its_clock_and_leaves_the_time_to_ask() -> None:
    facts = replace(ANSWERED, reviews=[replace(ASKED, withdrawn_on=day(5, 25))])

    assert (the(facts, "fc_decide").met_on, the(facts, "fc_decide").ended_on) == (None, day(5, 25))
    assert the(facts, "fc_apply").met_on is None


def test_a_second_reply_may_be_contested_anew_whatever_was_asked_of_the_first() -> None:
    first = replace(ASKED, decided_on=day(6, 10), served_on=day(6, 12))
    served_again = replace(ANSWERED, served_on=day(7, 10), reviews=[first])
    assert dates(served_again)["fc_apply"] == (day(7, 10), day(8, 9), None)

    second = ReviewFacts(9, REVIEW, CITY, applied_on=day(7, 20))
    facts = replace(served_again, reviews=[first, second])
    decisions = [(c.occasion, c.started_on, c.met_on) for c in clocks_of(facts) if c.key == "fc_decide"]
    assert decisions == [(7, day(5, 20), day(6, 10)), (9, day(7, 20), None)]
    assert dates(facts)["fc_apply"][2] == day(7, 20)


def test_when_it_ends_every_clock_that_still_ran_falls_away_and_no_other() -> None:
    ended = replace(TAKEN_IN, ended_on=day(3, 11))

    assert {c.key: (c.met_on, c.ended_on) for c in clocks_of(ended)} == {
        "xfbm_dispatch": (day(3, 4), None),
        "xfr_notice": (None, day(3, 11)),
        "objection": (None, day(3, 11)),
    }


def test_what_had_ended_before_keeps_its_own_day() -> None:
    told = replace(HANDLED, ended_on=day(4, 1))

    assert the(told, "objection").ended_on == day(3, 10)
    assert the(told, "handle").ended_on == day(4, 1)


def test_nobody_is_late_with_a_right() -> None:
    assert {"objection", "fc_apply", "fh_apply"} == RIGHTS
    facts = replace(ANSWERED, reviews=[replace(ASKED, decided_on=day(6, 10), served_on=day(6, 12))])
    assert {c.key for c in clocks_of(facts) if not c.is_duty} == RIGHTS


DAYS = st.dates(date(2023, 1, 1), date(2026, 6, 30))


@given(DAYS, st.lists(st.integers(0, 90), min_size=6, max_size=6), st.integers(0, 30))
def test_a_later_fact_never_moves_a_clock_that_runs_already(first: date, gaps: list[int], days: int) -> None:
    """Each fact adds its own clocks; of those before it only the extension moves one, and never to an earlier day."""
    at = [date.fromordinal(first.toordinal() + sum(gaps[: n + 1])) for n in range(6)]
    facts = PetitionFacts(BUREAU, registered_by_bureau=True, received_on=first)
    history = [
        facts,
        facts := replace(facts, dispatched_on=at[0], responsible_unit_id=TOWN),
        facts := replace(facts, unit_received_on=at[1]),
        facts := replace(facts, notified_on=at[2], acceptance=ACCEPTED, handling_class=PETITION),
        facts := replace(facts, extension_days=days, extension_approved_on=at[3] if days else None),
        facts := replace(facts, served_on=at[4]),
        replace(facts, concluded_on=at[5]),
    ]
    for before, after in zip(history, history[1:], strict=False):
        then, now = dates(before), dates(after)
        assumed = {c.key for c in clocks_of(before) if c.assumed}
        for key, (started_on, due_on, _met) in then.items():
            if key in assumed and before.unit_received_on != after.unit_received_on:
                continue  # signed: it runs from that day now
            assert now[key][0] == started_on
            extended = key == "handle" and before.extension_days != after.extension_days
            assert now[key][1] >= due_on if extended else now[key][1] == due_on
