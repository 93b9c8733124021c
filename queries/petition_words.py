"""What the fields of a petition are called, and how their stored values read in its history."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from models.category import Category
from models.organisation import Unit
from models.staff import Person
from rules.petition_states import Stage
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ItemKind,
    Rating,
    Resolution,
    SourceLevel,
)
from rules.redaction import mask_name
from rules.taxonomy import Labelled, Purpose

FIELD_LABELS = {
    "registered_on": "登记日期",
    "received_on": "收到日期",
    "postmarked_on": "邮戳日期",
    "channel": "信访形式",
    "source_level": "来源层级",
    "source_number": "来文文号",
    "external_number": "省系统编号",
    "instruction": "领导批示",
    "oral": "口头提出",
    "contacts": "信访人",
    "persons": "人数",
    "representatives": "代表人数",
    "involved_persons": "涉及人数",
    "item_kind": "初件/重件",
    "title": "标题",
    "content": "概况",
    "request": "诉求",
    "category_id": "内容分类",
    "purpose": "信访目的",
    "location_unit_id": "问题属地",
    "accused_text": "被反映单位",
    "accused_person_id": "被反映的工作人员",
    "happened_on": "发生时间",
    "other_procedure": "是否已诉讼、复议、仲裁",
    "campaign": "交办批次",
    "included": "纳入统计",
    "judicial": "涉法涉诉",
    "confidential": "要求保密",
    "anonymous": "匿名",
    "stage": "阶段",
    "handler_id": "经办人",
    "dispatch_kind": "办理方式",
    "dispatched_on": "转送交办日期",
    "feedback_due_on": "反馈期限",
    "reported_on": "办结报告日期",
    "responsible_unit_id": "责任单位",
    "unit_received_on": "单位收到日期",
    "notified_on": "告知日期",
    "acceptance": "告知结果",
    "handling_class": "办理类别",
    "extension_days": "延期天数",
    "extension_approved_on": "延期批准日期",
    "concluded_on": "办结日期",
    "conclusion": "处理结论",
    "served_on": "答复送达日期",
    "executed_on": "执行完毕日期",
    "resolution": "化解状态",
    "bureau_rating": "信访部门评价",
    "unit_rating": "责任单位评价",
    "finished_on": "终结日期",
    "archived_on": "归档日期",
    "archive_term": "保管期限",
    "requests": "投诉请求",
    "facts": "事实和理由",
    "opinion": "处理意见",
    "legal_basis": "法律法规依据",
    "letter": "文书",
    "letter_number": "文号",
    "void_reason": "作废理由",
    "compared": "已核对不是被检举控告的单位",
}

_WORDS: dict[str, type[Labelled]] = {
    "channel": Channel,
    "source_level": SourceLevel,
    "item_kind": ItemKind,
    "purpose": Purpose,
    "stage": Stage,
    "dispatch_kind": DispatchKind,
    "acceptance": Acceptance,
    "handling_class": HandlingClass,
    "conclusion": Conclusion,
    "resolution": Resolution,
    "bureau_rating": Rating,
    "unit_rating": Rating,
    "archive_term": ArchiveTerm,
}


def petition_value_in_words(session: Session) -> dict[str, Callable[[Any], str]]:
    """Field → how a stored value reads. Contacts are shown masked: the record page shows who they are."""

    def unit(unit_id: Any) -> str:
        found = session.get(Unit, unit_id)
        return found.label if found else str(unit_id)

    def person(person_id: Any) -> str:
        found = session.get(Person, person_id)
        return found.name if found else str(person_id)

    def category(category_id: Any) -> str:
        found = session.get(Category, category_id)
        return found.label if found else str(category_id)

    def people(contacts: Any) -> str:
        return "、".join(mask_name(c["name"]) for c in contacts)

    named: dict[str, Callable[[Any], str]] = {
        "unit_id": unit,
        "responsible_unit_id": unit,
        "location_unit_id": unit,
        "accused_person_id": person,
        "handler_id": person,
        "category_id": category,
        "contacts": people,
    }
    return named | {name: _label_in(words) for name, words in _WORDS.items()}


def _label_in(words: type[Labelled]) -> Callable[[Any], str]:
    return lambda code: words(code).label
