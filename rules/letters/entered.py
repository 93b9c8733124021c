"""What a record does not know and the drafting office enters: for each kind its fields, and facts with them put in.

A field left empty means what the record says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from rules.errors import RuleViolation
from rules.letters.facts import EarlierOpinion, LetterFacts
from rules.letters.kinds import LetterKind
from rules.letters.required import value_of
from rules.taxonomy import Labelled

LONGEST_ENTRY = 5000


class Shape(Labelled):
    """How a value is written."""

    LINE = "line", "一行"
    LONG = "long", "多行"
    NAMES = "names", "每行一个"
    OPINIONS = "opinions", "每行一份"
    DAY = "day", "日期"
    HOUR = "hour", "几点几分"


ONE_LINE = frozenset({Shape.LINE, Shape.DAY, Shape.HOUR})


@dataclass(frozen=True)
class EnteredField:
    """`path` is that of the fact, and the name of the form field."""

    path: str
    label: str
    shape: Shape = Shape.LINE
    hint: str = ""


_TELEPHONE = EnteredField("telephone", "联系电话")
_ASK = (EnteredField("contact", "联系人"), _TELEPHONE)
_WHERE = (_TELEPHONE, EnteredField("address", "查询地点"))
_COPIES = EnteredField("copies_to", "抄送")
_ENCLOSED = EnteredField("attachments", "附件名称", Shape.NAMES, "每行一个名称。")
_HANDLER = EnteredField("due.handler", "承办单位（科室）")
_THEIR_NUMBER = EnteredField("passing.number", "转送（交办）文号")
_FOUND = EnteredField("review.found", "认定的事实", Shape.LONG)
_DISPUTED = EnteredField("review.disputed_content", "原意见的内容", Shape.LONG)

FIELDS: dict[LetterKind, tuple[EnteredField, ...]] = {
    LetterKind.FORWARD: (*_ASK, _COPIES, _ENCLOSED),
    LetterKind.ASSIGN: (EnteredField("passing.requirements", "办理要求", Shape.LONG), *_ASK, _COPIES, _ENCLOSED),
    LetterKind.DISPATCH_NOTICE: _WHERE,
    LetterKind.ACCEPTANCE: (_HANDLER, *_WHERE),
    LetterKind.REFUSAL: (
        EnteredField("refusal.reason", "不予受理的理由", Shape.LONG),
        EnteredField("refusal.basis", "依据", hint="例如：《信访工作条例》第三十一条第二项。空着的，按办理类别写。"),
        EnteredField("refusal.competent", "有权处理的机关、单位"),
        EnteredField("refusal.route", "办理途径"),
    ),
    LetterKind.NO_LONGER: (
        EnteredField(
            "earlier",
            "原处理、复查、复核意见",
            Shape.OPINIONS,
            "每行一份：日期、单位、文书名称、文号，用空格隔开。",
        ),
    ),
    LetterKind.ALREADY_HANDLED: (
        EnteredField("ongoing.unit", "正在办理的单位"),
        EnteredField("ongoing.accepted_on", "受理日期", Shape.DAY),
        EnteredField("ongoing.due_on", "办理期限", Shape.DAY),
    ),
    LetterKind.OBJECTION: (_THEIR_NUMBER, EnteredField("objection.suggested_unit", "建议的办理单位"), *_ASK),
    LetterKind.OBJECTION_DECISION: (EnteredField("objection.number", "异议函文号"), *_ASK),
    LetterKind.EXTENSION_APPROVAL: (_HANDLER, EnteredField("extension.proposal", "承办单位意见", Shape.LONG)),
    LetterKind.EXTENSION_NOTICE: _WHERE,
    LetterKind.REPLY: (EnteredField("reply.review_organ", "复查机关", hint="本单位的上一级机关、单位（第三十五条）。"),),
    LetterKind.SERVICE_RETURN: (
        EnteredField("service.document", "送达文书"),
        EnteredField("service.number", "发文字号"),
        EnteredField("service.place", "送达地点"),
        EnteredField("service.server", "送达人"),
    ),
    LetterKind.CONCLUSION_REPORT: (
        _THEIR_NUMBER,
        EnteredField("signer", "签发人"),
        EnteredField("conclusion.investigation", "调查情况", Shape.LONG),
        EnteredField("conclusion.result", "处理结果", Shape.LONG),
        EnteredField("conclusion.petitioner_opinion", "信访人意见", Shape.LONG),
        _ENCLOSED,
        *_ASK,
    ),
    LetterKind.REVIEW_ACCEPTANCE: (EnteredField("review.refusal_reason", "不予受理的，写理由", Shape.LONG), _TELEPHONE),
    LetterKind.REVIEW_OPINION: (_DISPUTED, _FOUND, EnteredField("review.next_organ", "复核机关")),
    LetterKind.REREVIEW_OPINION: (_DISPUTED, _FOUND),
    LetterKind.HEARING_NOTICE: (
        EnteredField("hearing.day", "听证日期", Shape.DAY, "写成 2026-07-20。"),
        EnteredField("hearing.starts_at", "开始时间", Shape.HOUR, "写成 09:00。"),
        EnteredField("hearing.place", "听证地点"),
        EnteredField("hearing.subject", "听证事项"),
        EnteredField("hearing.presider", "主持人"),
        EnteredField("hearing.participants", "参加人"),
        _TELEPHONE,
    ),
    LetterKind.MEDIATION: (
        EnteredField("mediation.first_party", "甲方"),
        EnteredField("mediation.second_party", "乙方"),
        EnteredField("mediation.day", "调解日期", Shape.DAY, "写成 2026-07-20。"),
        EnteredField("mediation.place", "调解地点"),
        EnteredField("mediation.dispute", "争议事项", Shape.LONG),
        EnteredField("mediation.terms", "协议内容", Shape.LONG),
        EnteredField("mediation.performance", "履行方式和期限", Shape.LONG),
    ),
}  # fmt: skip


def fields_of(kind: LetterKind) -> tuple[EnteredField, ...]:
    return FIELDS.get(kind, ())


def written(facts: LetterFacts, entry: EnteredField) -> str:
    """The value as the form shows it."""
    value = value_of(facts, entry.path)
    if entry.shape is Shape.NAMES:
        return "\n".join(map(str, value)) if isinstance(value, tuple) else ""
    if entry.shape is Shape.OPINIONS:
        return "\n".join(f"{o.day} {o.unit} {o.name} {o.number}" for o in facts.earlier)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value or "")


def kept_entries(kind: LetterKind, known: LetterFacts, typed: Mapping[str, str]) -> dict[str, str]:
    """What differs from what the record says, in the order of the form. Raises RuleViolation at its field."""
    kept = {}
    for entry in fields_of(kind):
        text = typed.get(entry.path, "").strip()
        if len(text) > LONGEST_ENTRY:
            raise RuleViolation(f"{entry.label}最多 {LONGEST_ENTRY} 个字。", entry.path)
        if entry.shape in ONE_LINE:
            text = " ".join(text.split())
        if text and text != written(known, entry):
            _read(entry, text)
            kept[entry.path] = text
    return kept


def with_entered(kind: LetterKind, known: LetterFacts, entered: Mapping[str, str]) -> LetterFacts:
    """The facts with what was entered. Raises RuleViolation at its field."""
    facts = known
    for entry in fields_of(kind):
        if text := entered.get(entry.path, ""):
            facts = _put(facts, entry.path, _read(entry, text))
    return facts


def _put(facts: LetterFacts, path: str, value: object) -> LetterFacts:
    head, _, rest = path.partition(".")
    if not rest:
        return replace(facts, **{head: value})  # type: ignore[arg-type]
    return replace(facts, **{head: replace(getattr(facts, head), **{rest: value})})


def _read(entry: EnteredField, text: str) -> object:
    if entry.shape is Shape.NAMES:
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    if entry.shape is Shape.OPINIONS:
        return tuple(_opinion(line, entry.path) for line in text.splitlines() if line.strip())
    if entry.shape is Shape.DAY:
        return _parsed(entry, text, date.fromisoformat, "2026-07-20")
    if entry.shape is Shape.HOUR:
        return _parsed(entry, text.replace("：", ":"), time.fromisoformat, "09:00")
    return text


def _parsed(entry: EnteredField, text: str, parse: Callable[[str], object], example: str) -> object:
    try:
        return parse(text)
    except ValueError as error:
        raise RuleViolation(f"{entry.label}“{text[:20]}”看不懂，请写成 {example}。", entry.path) from error


def _opinion(line: str, field: str) -> EarlierOpinion:
    """2025-03-02 安澜县住房和城乡建设局 信访处理意见书 安建信〔2025〕3号"""
    parts = line.split()
    try:
        day, unit, name, number = date.fromisoformat(parts[0]), *parts[1:]
    except (ValueError, IndexError) as error:
        raise RuleViolation(
            f"“{line.strip()[:40]}”看不懂，请写成：2025-03-02 单位 文书名称 文号。", field
        ) from error
    return EarlierOpinion(unit, name, number, day)
