"""What a hand-over of the desk must say before it is signed."""

from collections.abc import Mapping

from rules.desk_rules import secrecy_refusals
from rules.errors import RuleViolation

LONGEST_NOTE = 300
LONGEST_ARTICLES = 300
LONGEST_NOTES = 2000
LONGEST_REASON = 200


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


def check_rostered(person_id: int | None, rostered: Mapping[int, str], reason: str) -> None:
    """Whoever signs and does not stand in the roster of that shift says why. `rostered` are those who do, by id; where it
    is empty no roster was published. Raises RuleViolation on `reason`."""
    if not rostered or person_id in rostered or reason.strip():
        return
    names = "、".join(rostered.values())
    raise RuleViolation(f"班表上这一班是{names}。不是班表上的人签名，请写明理由。", "reason")
