"""What the fields of a visit are called, and how their stored values read in its history."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from models.category import Category
from models.organisation import Unit
from models.staff import Person
from rules.redaction import mask_name
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind

FIELD_LABELS = {
    "visit_date": "来访日期",
    "visit_time": "时间",
    "reception_type": "接访类型",
    "place": "地点",
    "receptionist": "接访人",
    "contacts": "来访人",
    "persons": "来访人数",
    "representatives": "代表人数",
    "involved_persons": "涉及人数",
    "visit_kind": "初访/重访",
    "anonymous": "匿名",
    "confidential": "要求保密",
    "category_id": "内容分类",
    "purpose": "信访目的",
    "location_unit_id": "问题属地",
    "accused_text": "被反映单位",
    "accused_person_id": "被反映的工作人员",
    "content": "反映内容",
    "reply": "答复意见",
    "outcome": "处理结果",
    "responsible_unit_id": "责任单位",
    "due_date": "限办日期",
    "handler_id": "经办人",
    "completed_on": "办结日期",
    "completion": "办理结果",
    "void_reason": "作废理由",
}


def value_in_words(session: Session) -> dict[str, Callable[[Any], str]]:
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

    return {
        "reception_type": lambda code: ReceptionType(code).label,
        "visit_kind": lambda code: VisitKind(code).label,
        "purpose": lambda code: Purpose(code).label,
        "outcome": lambda code: Outcome(code).label,
        "location_unit_id": unit,
        "responsible_unit_id": unit,
        "handler_id": person,
        "accused_person_id": person,
        "category_id": category,
        "contacts": _contacts,
    }


def _contacts(contacts: list[dict[str, str]]) -> str:
    return "、".join(_contact(c) for c in contacts)


def _contact(contact: dict[str, str]) -> str:
    had = [
        word
        for word, key in (("电话", "telephone"), ("证件", "id_number"), ("住址", "address"))
        if contact.get(key)
    ]
    return mask_name(contact["name"]) + (f"({'、'.join(had)})" if had else "")
