"""What a lead assignment must say when it is proposed, and each step when it is taken. Pure: refusals out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.lead_states import LeadResult
from rules.petition_rules import check_text
from rules.petition_words import MatterClass, matter_class
from rules.taxonomy import Purpose

LONGEST_LEADER = 40
LONGEST_POST = 60
LONGEST_TEAM = 300
LONGEST_MEASURES = 2000
LONGEST_LEAD_TEXT = 2000
LONGEST_PLACE = 200
_EVIDENCE = "\n佐证材料："

NO_ACCUSATION = "检举控告由有权机关依规依纪依法处理（《信访工作条例》第三十条），不列入领导包案。"


@dataclass(frozen=True)
class LeadValues:
    """四定 as typed; None or an empty text means not filled in."""

    leader_name: str
    leader_post: str
    responsible_unit_id: int | None
    responsible_person: str
    team: str
    measures: str
    due_on: date | None


def check_lead(values: LeadValues, today: date) -> list[RuleViolation]:
    """Every refusal at once, each with the field it belongs to."""
    return [*_missing(values), *_too_long(values), *_late(values, today)]


def _missing(values: LeadValues) -> Iterator[RuleViolation]:
    if not values.leader_name:
        yield RuleViolation("请填写包案领导姓名。", "leader")
    if values.responsible_unit_id is None:
        yield RuleViolation("请填写责任单位。", "responsible_unit")
    if not values.responsible_person:
        yield RuleViolation("请填写责任人的姓名、职务。", "responsible_person")
    if values.due_on is None:
        yield RuleViolation("请填写办理时限。", "due_on")


def _too_long(values: LeadValues) -> Iterator[RuleViolation]:
    limits = (
        ("leader", values.leader_name, LONGEST_LEADER),
        ("leader_post", values.leader_post, LONGEST_POST),
        ("responsible_person", values.responsible_person, LONGEST_POST),
        ("team", values.team, LONGEST_TEAM),
        ("measures", values.measures, LONGEST_MEASURES),
    )
    for field, text, most in limits:
        if len(text) > most:
            yield RuleViolation(f"最多 {most} 字，现有 {len(text)} 字。", field)


def _late(values: LeadValues, today: date) -> Iterator[RuleViolation]:
    if values.due_on is not None and values.due_on < today:
        yield RuleViolation(f"办理时限 {values.due_on} 早于今天 {today}。", "due_on")


def check_matter(purpose: Purpose, *, leader_is_accused: bool) -> None:
    """An accusation is not led by a leader here; nobody leads a matter that is about himself (第二十八条第三款, 回避).
    Raises RuleViolation."""
    if matter_class(purpose) is MatterClass.ACCUSATION:
        raise RuleViolation(NO_ACCUSATION)
    if leader_is_accused:
        raise RuleViolation("这件事项反映的就是这名领导，应当回避（《信访工作条例》第二十八条）。", "leader")


def check_extended(until: date | None, due_on: date, today: date) -> date:
    """A later day than the limit, asked for strictly before it. Raises RuleViolation."""
    if until is None or until <= due_on:
        raise RuleViolation(f"延至的日期要晚于现在的时限 {due_on}。", "until")
    if today >= due_on:
        raise RuleViolation(f"时限 {due_on} 已到，不能再申请延期；超期照实计算。", "until")
    return until


def check_result(result: LeadResult | None, text: str) -> LeadResult:
    """Raises RuleViolation."""
    if result is None:
        raise RuleViolation("请选择包案结果。", "result")
    check_text(text, "结果情况", most=LONGEST_LEAD_TEXT)
    return result


def with_evidence(text: str, where: str) -> str:
    """A reported result with where its evidence is kept, as the step reads. Raises RuleViolation on `evidence`."""
    if not where.strip():
        return text.strip()
    return f"{text.strip()}{_EVIDENCE}{check_text(where, '佐证材料存放处', 'evidence', LONGEST_PLACE)}"


def names_evidence(text: str) -> bool:
    """Whether a step made by `with_evidence` says where the evidence is kept."""
    return _EVIDENCE in text


def check_evidence(text: str, attached: int, *, named: bool = False) -> None:
    """Struck off only with what proves it: an attachment, or where the paper is kept, said now or with the result (`named`).
    Raises RuleViolation."""
    if not (attached or named) and len(text.strip()) < 2:
        raise RuleViolation("销号要有佐证：先在下面上传附件，或者写明材料存放在哪里。", "text")
