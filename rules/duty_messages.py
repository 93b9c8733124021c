"""值班信息 and 工作指令: what a message that is answered to the minute must say."""

from dataclasses import dataclass
from datetime import datetime

from rules.errors import RuleViolation
from rules.periods import FIRST_YEAR
from rules.secrecy import REFUSAL, bears_secrecy_mark
from rules.taxonomy import Labelled


class MessageKind(Labelled):
    """The two kinds of a desk's lines (`rules.desk_words.EntryKind`) that figures are made of."""

    INFORMATION = "information", "信息"
    INSTRUCTION = "instruction", "工作指令"


@dataclass(frozen=True)
class MessageValues:
    """Moments by one clock, whichever."""

    happened_at: datetime
    content: str
    due_at: datetime | None = None
    replied_at: datetime | None = None


def check_message(values: MessageValues, latest: datetime) -> list[RuleViolation]:
    """Refusals on happened_at, content, due_at, replied_at; `latest` is the last moment of that clock that has come."""
    found = []
    if values.happened_at > latest:
        found.append(RuleViolation("时间晚于现在。", "happened_at"))
    if values.happened_at.year < FIRST_YEAR:
        found.append(RuleViolation(f"时间早于 {FIRST_YEAR} 年，请核对。", "happened_at"))
    if bears_secrecy_mark(values.content):
        found.append(RuleViolation(REFUSAL, "content"))
    if values.due_at is not None and values.due_at < values.happened_at:
        found.append(RuleViolation("要求回复时限早于收到的时间。", "due_at"))
    return found + _of_reply(values, latest)


def _of_reply(values: MessageValues, latest: datetime) -> list[RuleViolation]:
    if values.replied_at is None:
        return []
    if values.replied_at < values.happened_at:
        return [RuleViolation("回复时间早于收到的时间。", "replied_at")]
    if values.replied_at > latest:
        return [RuleViolation("回复时间晚于现在。", "replied_at")]
    return []


def is_finished(kind: str, due_at: datetime | None, replied_at: datetime | None) -> bool:
    """Whether nothing is left to do: it was answered, or is information that asked for no answer."""
    asks = kind == MessageKind.INSTRUCTION.value or due_at is not None
    return replied_at is not None or not asks
