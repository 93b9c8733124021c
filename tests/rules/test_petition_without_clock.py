"""Why a petition in hand has nothing due: only what the regulation itself says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.petition_clocks import DIRECT_NOTICE, HANDLE, NOTICE, PetitionFacts, clocks_of
from rules.petition_states import Stage
from rules.petition_without_clock import UNKNOWN, why_nothing_is_due
from rules.petition_words import Acceptance, HandlingClass, MatterClass


def why(stage, **facts):
    usual = {
        "anonymous": False,
        "judicial": False,
        "matter_class": MatterClass.APPEAL,
        "handling_class": None,
    }
    return why_nothing_is_due(stage, **(usual | facts))


@pytest.mark.parametrize(
    ("stage", "facts", "short"),
    [
        (Stage.RECEIVED, {"judicial": True}, "涉法涉诉，另有规定"),
        (Stage.SENT, {"anonymous": True}, "匿名，无告知期限"),
        (Stage.OBJECTED, {"matter_class": MatterClass.ACCUSATION, "anonymous": True}, "检举控告，另有规定"),
        (Stage.HANDLING, {"handling_class": HandlingClass.STATUTORY_DUTY}, "依法履职，无 60 日期限"),
        (Stage.HANDLING, {"handling_class": HandlingClass.ARBITRATION}, "仲裁，无 60 日期限"),
        (Stage.HANDLING, {"matter_class": MatterClass.SUGGESTION}, "意见建议，无 60 日期限"),
        (
            Stage.HANDLING,
            {"matter_class": MatterClass.SUGGESTION, "handling_class": HandlingClass.OTHER},
            "意见建议，无 60 日期限",
        ),
        (Stage.HANDLING, {"matter_class": MatterClass.ACCUSATION}, "检举控告，另有规定"),
        (Stage.HANDLING, {}, "未填办理类别"),
    ],
)
def test_it_says_what_the_regulation_says(stage, facts, short):
    assert why(stage, **facts).short == short


def test_suggestions_and_accusations_in_hand_name_the_article_by_which_they_go_their_own_way():
    assert "第二十九条" in why(Stage.HANDLING, matter_class=MatterClass.SUGGESTION).reason
    assert "第三十条" in why(Stage.HANDLING, matter_class=MatterClass.ACCUSATION).reason


@given(
    stage=st.sampled_from([Stage.SENT, Stage.OBJECTED, Stage.RECEIVED, Stage.HANDLING]),
    direct=st.booleans(),
    anonymous=st.booleans(),
    judicial=st.booleans(),
    matter_class=st.sampled_from(MatterClass),
    handling_class=st.none() | st.sampled_from(HandlingClass),
)
def test_a_reason_is_known_wherever_neither_notice_nor_60_days_run_and_only_there(
    stage, direct, anonymous, judicial, matter_class, handling_class
):
    kind = {"anonymous": anonymous, "judicial": judicial, "matter_class": matter_class}
    told = stage is Stage.HANDLING
    facts = PetitionFacts(
        1,
        registered_by_bureau=not direct,
        received_on=date(2026, 3, 2),
        dispatched_on=None if direct else date(2026, 3, 4),
        responsible_unit_id=1 if direct else 21,
        unit_received_on=None if stage is Stage.SENT and not direct else date(2026, 3, 5),
        objected_on=date(2026, 3, 6) if stage is Stage.OBJECTED else None,
        notified_on=date(2026, 3, 10) if told else None,
        acceptance=Acceptance.ACCEPTED if told else None,
        handling_class=handling_class if told else None,
        **kind,
    )
    runs = any(
        clock.key in (NOTICE, DIRECT_NOTICE, HANDLE) and not clock.met_on for clock in clocks_of(facts)
    )
    found = why_nothing_is_due(stage, **kind, handling_class=facts.handling_class)
    assert found is not None
    assert found.is_known is not runs


@pytest.mark.parametrize("stage", [Stage.PENDING, Stage.RECEIVED, Stage.REVIEWING])
def test_where_the_facts_do_not_tell_it_says_no_more_than_that_none_runs(stage):
    assert why(stage) is UNKNOWN
    assert not why(stage).is_known


def test_matter_of_the_petition_procedure_is_not_explained_by_its_class():
    assert why(Stage.HANDLING, handling_class=HandlingClass.PETITION) is UNKNOWN


@pytest.mark.parametrize(
    "stage", [Stage.CONCLUDED, Stage.CLOSED, Stage.FINISHED, Stage.ARCHIVED, Stage.MERGED]
)
def test_of_what_is_over_nothing_is_expected(stage):
    assert why(stage, judicial=True, handling_class=HandlingClass.ARBITRATION) is None
