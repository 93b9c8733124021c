"""What the fields of a supervision task are called, and how their stored values read in its history."""

from rules.supervision_clocks import Owed
from rules.supervision_states import LineState, TaskState
from rules.supervision_words import FeedbackCycle, Ground

FIELD_LABELS = {
    "state": "状态",
    "title": "标题",
    "ground": "依据",
    "content": "督办事由",
    "demands": "工作要求",
    "cycle": "阶段反馈",
    "filed_on": "立项日期",
    "due_on": "办理期限",
    "lines": "承办单位",
    "line": "承办单位",
    "received_on": "签收",
    "report_due_on": "下次反馈",
    "submitted_on": "申请销号",
    "closed_on": "销号",
}


def _state(code: str) -> str:
    both = {state.value: state.label for state in TaskState} | {s.value: s.label for s in LineState}
    return both.get(code, code)


def _lines(rows: list[list[str]]) -> str:
    return "；".join(
        f"{unit}（{'，'.join(part for part in (person, demand, f'限 {due}') if part)}）"
        for unit, demand, person, due in rows
    )


FIELD_WORDS = {
    "state": _state,
    "ground": lambda code: Ground(code).label,
    "cycle": lambda code: FeedbackCycle(code).label,
    "lines": _lines,
    "next_due_key": lambda code: Owed(code).label,
}
