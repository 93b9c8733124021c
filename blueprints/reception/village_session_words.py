"""What the columns of a village session are called, and how their values read, in its history."""

from queries.history import how_many
from rules.taxonomy import Outcome, SessionMode

FIELD_LABELS = {
    "session_date": "接访日期",
    "mode": "方式",
    "attendees": "参加人",
    "batches": "总批次",
    "persons": "总人次",
    "solved_batches": "现场解决批次",
    "solved_persons": "现场解决人次",
    "committed_batches": "限期化解批次",
    "committed_persons": "限期化解人次",
    "escalated_batches": "梳理上报批次",
    "escalated_persons": "梳理上报人次",
    "matters": "事项",
    "visits": "关联来访",
    "notes": "备注",
}


def _matters(lines: list[list[str]]) -> str:
    return "；".join(
        f"{summary}（{Outcome(code).label}{'，限' + due if due else ''}）" for summary, code, due in lines
    )


FIELD_WORDS = {"mode": lambda code: SessionMode(code).label, "matters": _matters, "visits": how_many}
