"""docs/indicators.md is what the catalogue says."""

from pathlib import Path

import pytest

from indicators.card import card_of
from indicators.catalogue import BY_CODE, CATALOGUE, indicator_of
from indicators.definition import Quota
from indicators.document import document


def test_the_document_is_up_to_date():
    written = Path("docs/indicators.md").read_text(encoding="utf-8")
    assert written == document(), "run: python -m indicators.document > docs/indicators.md"


def test_codes_are_unique_and_quotas_name_what_fills_them():
    assert len(BY_CODE) == len(CATALOGUE)
    assert all(i.filled_by in BY_CODE for i in CATALOGUE if isinstance(i, Quota))


def test_the_codes_of_the_stable_interface():
    assert list(BY_CODE) == [
        "reception_batches",
        "reception_persons",
        "reception_group_batches",
        "reception_group_persons",
        "reception_repeat_batches",
        "upward_items",
        "upward_persons",
        "upward_visits",
        "upward_visit_persons",
        "petitions_registered",
        "dispatch_on_time",
        "acceptance_on_time",
        "acceptance_on_time_statute",
        "reply_on_time",
        "bureau_rating",
        "bureau_satisfaction",
        "unit_rating",
        "unit_satisfaction",
        "village_sessions_due",
        "village_sessions_held",
        "village_batches",
        "village_persons",
        "village_solved_batches",
        "village_solved_persons",
        "village_committed_batches",
        "village_committed_persons",
        "village_escalated_batches",
        "village_escalated_persons",
        "leader_receptions",
        "leader_solved",
        "meetings_county",
        "meetings_township",
        "meetings_township_due",
        "duty_information",
        "duty_instructions",
        "duty_reply_on_time",
        "supervision_tasks",
        "supervision_feedback_on_time",
        "supervision_closed_on_time",
        "decisions_on_time",
        "interviewed_units",
        "interviewed_persons",
        "campaign_assigned",
        "campaign_concluded",
        "campaign_rate",
        "publications_province",
    ]


def test_every_card_says_how_it_is_counted_what_is_left_out_and_by_whose_way():
    for card in map(card_of, CATALOGUE):
        assert card.formula and card.excludes and card.says, card.code
    basis = {i.code: card_of(i).basis for i in CATALOGUE}
    assert (basis["acceptance_on_time"], basis["acceptance_on_time_statute"]) == ("系统口径", "条例口径")


def test_a_campaigns_figures_are_found_by_their_codes():
    assert indicator_of("campaign_rate:百日攻坚").name == "交办积案办结率（百日攻坚）"
    assert indicator_of("campaign_rate:百日攻坚") is indicator_of("campaign_rate:百日攻坚")
    for unknown in ("campaign_rate:", "reply_on_time:百日攻坚", "no_such_figure"):
        with pytest.raises(KeyError):
            indicator_of(unknown)
