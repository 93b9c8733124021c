"""Why a petition in hand has nothing due: only what the regulation itself says."""

import pytest

from rules.petition_states import Stage
from rules.petition_without_clock import UNKNOWN, why_nothing_is_due
from rules.petition_words import HandlingClass, MatterClass


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
    ],
)
def test_it_says_what_the_regulation_says(stage, facts, short):
    assert why(stage, **facts).short == short


@pytest.mark.parametrize("stage", [Stage.PENDING, Stage.RECEIVED, Stage.HANDLING, Stage.REVIEWING])
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
