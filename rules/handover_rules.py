"""What a hand-over of the desk must say before it is signed."""

from collections.abc import Mapping

from rules.desk_rules import secrecy_refusals
from rules.errors import RuleViolation

LONGEST_NOTE = 300
LONGEST_ARTICLES = 300
LONGEST_NOTES = 2000


def check_handover(notes: Mapping[int, str], articles: str, remarks: str) -> list[RuleViolation]:
    """Each unfinished line has its explanation; `notes` are by the line's id. Refusals on `note-<id>`, `articles`,
    `notes`."""
    found = [
        RuleViolation("请写明办到哪一步、接班后要做什么。", f"note-{line_id}")
        for line_id, note in notes.items()
        if not note.strip()
    ]
    texts = [(f"note-{line_id}", note) for line_id, note in notes.items()]
    return found + secrecy_refusals((*texts, ("articles", articles), ("notes", remarks)))
