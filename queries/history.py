"""What was changed in a record, by whom and why; read it only for a record that was loaded in scope."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry, RecordVersion, version_place
from models.organisation import Unit
from models.protected import reveal
from rules.lead_states import LeadVerb
from rules.petition_states import Verb
from rules.supervision_states import TaskVerb

VERBS = {
    "register": "登记",
    "import": "导入",
    "correct": "更正",
    "complete": "办结",
    "reopen": "重新办理",
    "unseal": "解除密封",
    "void": "作废",
    "postpone": "延期",
    "swap": "对换",
    "hand_over": "移交",
    "add": "新增",
    "open": "开立",
    "edit": "修改",
    "close": "撤销",
    "unit.reopen": "恢复",
    "grant": "授予角色",
    "withdraw": "收回角色",
    "let-read-sealed": "准许阅读密封材料",
    "stop-read-sealed": "不再准许阅读密封材料",
    "move": "调动",
    "disable": "停用",
    "enable": "启用",
    "draft": "起草",
    "save": "修改",
    "submit": "提交",
    "return": "退回",
    "issue": "签发",
    "keep-file": "文件存档",
    "bulletin.withdraw": "撤回",
    "bulletin.void": "放弃",
    "meeting.ask": "登记参会和到会",
    "meeting.put-on-agenda": "编排议题",
    "meeting.hold": "登记已召开",
    "meeting.record": "记录研究结果、议定事项",
    "meeting.minute": "定稿",
    "meeting.reopen": "退回修改",
    "meeting.complete-decision": "议定事项落实",
    "meeting.reopen-decision": "议定事项退回重办",
    "meeting.answer": "上级答复",
    "meeting.read-answer": "查看上级答复",
    "meeting.take-answer-back": "收回答复",
    "roster-scheme.change": "修改设置",
    "roster-scheme.members": "修改人员",
    "roster-scheme.pairs": "修改搭班",
    "roster-scheme.close": "停用",
    "roster.plan": "排班",
    "roster.repeat": "重新排班",
    "roster.extend": "延长",
    "roster.set": "手工调整",
    "roster.undo": "撤回调整",
    "roster.publish": "发布",
    "enter": "登记",
    "desk_entry.instruct": "批示",
    "desk_entry.assign": "定承办和时限",
    "desk_entry.reply": "回复",
    "finish": "办结",
    "desk_dispatch.send": "转办",
    "take-back": "收回",
    "desk_dispatch.receive": "签收",
    "desk_dispatch.reply": "转办回复",
    "declare": "设立",
    "special_period.end": "提前结束",
    "period_report.enter": "报送",
    "petition.undo": "撤销一步",
    "petition.draft-letter": "起草文书",
    "petition.save-letter": "修改文书草稿",
    "petition.issue-letter": "签发文书",
    "petition.void-letter": "作废文书草稿",
    "petition.case-file": "编制案卷",
    "interview.report": "报送整改情况",
    "interview.return": "退回整改",
    "interview.accept": "整改销号",
    "suggestion.answer": "反馈采纳情况",
    "inspection.plan": "安排",
    "inspection.visit": "登记督查情况",
    "inspection.report": "报告",
    "petition.join-campaign": "列入交办批次",
    "campaign.close": "办完",
    "lead_assignment.undo": "撤销一步",
    "paper.draft": "起草公函",
    "paper.save": "修改公函草稿",
    "paper.issue": "签发公函",
    "paper.void": "作废公函草稿",
    "supervision_task.correct": "修改",
    "supervision_task.undo": "撤销一步",
} | {verb.audit_code: verb.label for words in (Verb, TaskVerb, LeadVerb) for verb in words}
"""What an audit action, or its verb alone, is called; an action not listed shows as it is written."""

Words = Mapping[str, Callable[[Any], str]]
"""Field → how its stored value reads, e.g. `{"mode": lambda code: SessionMode(code).label}`."""


@dataclass(frozen=True)
class Change:
    """One change. `at` is naive UTC, `who` is unit and name, `fields` are (label, before, after) in the labels' order."""

    at: datetime
    who: str
    action: str
    reason: str
    fields: list[tuple[str, str, str]]


def history_of(
    session: Session,
    subject_type: str,
    subject_id: int,
    labels: Mapping[str, str],
    words: Words | None = None,
) -> list[Change]:
    """Changes of one record, oldest first. One statement.

    Only fields named in `labels` (column → Chinese) are shown: what the actor may not read is left out
    there. A registration lists no fields, for everything in it is new.
    """
    statement = (
        select(AuditEntry, RecordVersion, Unit.short_name, Unit.name)
        .join(RecordVersion, RecordVersion.audit_entry_id == AuditEntry.id)
        .outerjoin(Unit, AuditEntry.actor_unit_id == Unit.id)
        .where(RecordVersion.subject_type == subject_type, RecordVersion.subject_id == subject_id)
        .order_by(RecordVersion.id)
    )
    return [
        Change(
            at=entry.at,
            who=f"{short or name or ''} {entry.actor_name}".strip(),
            action=VERBS.get(entry.action) or VERBS.get(entry.action.rpartition(".")[2], entry.action),
            reason=entry.reason,
            fields=_fields(version, labels, words or {}),
        )
        for entry, version, short, name in session.execute(statement)
    ]


@dataclass(frozen=True)
class EarlierText:
    """A text that was replaced. `at` is naive UTC, `who` the one who replaced it."""

    at: datetime
    who: str
    text: str


def earlier_texts(session: Session, subject_type: str, subject_id: int, field: str) -> list[EarlierText]:
    """What one field held before each change of it, oldest first. One statement."""
    statement = (
        select(AuditEntry, RecordVersion)
        .join(RecordVersion, RecordVersion.audit_entry_id == AuditEntry.id)
        .where(RecordVersion.subject_type == subject_type, RecordVersion.subject_id == subject_id)
        .order_by(RecordVersion.id)
    )
    found = []
    for entry, version in session.execute(statement):
        before, after = version_values(version)
        if before.get(field) and before[field] != after.get(field):
            found.append(EarlierText(entry.at, entry.actor_name, before[field]))
    return found


def version_values(version: RecordVersion) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after: field → value, only of the fields that changed."""
    place = version_place(version.subject_type, version.subject_id)
    before, after = (json.loads(reveal(text, place=place)) for text in (version.before, version.after))
    return before, after


def _fields(version: RecordVersion, labels: Mapping[str, str], words: Words) -> list[tuple[str, str, str]]:
    before, after = version_values(version)
    if all(value is None for value in before.values()):
        return []
    read = [
        (label, _word(f, before.get(f), words), _word(f, after.get(f), words)) for f, label in labels.items()
    ]
    return [(label, was, now) for label, was, now in read if was != now]


def _word(field: str, value: Any, words: Words) -> str:
    if value in (None, "", []):
        return ""
    if field in words:
        return words[field](value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def how_many(numbers: list[str]) -> str:
    """Linked visits are only counted: one of them may be sealed from this reader."""
    return f"{len(numbers)} 批"
