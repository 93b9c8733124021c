"""docs/indicators.md is what the catalogue says."""

from pathlib import Path

from indicators.catalogue import BY_CODE, CATALOGUE
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
    ]
