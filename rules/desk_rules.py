"""What a line of 值班日志 must satisfy, and how near its reply is. Pure: plain values in, refusals out.

Moments are naive UTC. The log holds events and what offices did about them, never where a person is or goes; nothing
secret is entered (保守国家秘密法 art. 31).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.desk_words import EntryKind, Report
from rules.errors import RuleViolation
from rules.personal_numbers import personal_numbers
from rules.secrecy import refuse_secrecy_marks
from rules.taxonomy import Labelled

LONGEST_TEXT = 2000
LONGEST_DEMAND = 300
MOST_UNITS = 60
"""To whom one line is sent on at once."""

AHEAD = timedelta(minutes=5)
"""How far two clocks may differ before a moment lies in the future."""
OLDEST = timedelta(days=366)
LATE_AFTER = timedelta(minutes=30)
"""Written down later than so long after it happened, a line is 补记."""
LATEST_LIMIT = timedelta(days=366)

NEAR = timedelta(hours=2)
SOON = timedelta(minutes=30)

SOURCE_NEEDED = frozenset(EntryKind) - {EntryKind.PATROL, EntryKind.OTHER}
"""Kinds that came from somewhere; the desk's own rounds did not."""


class ReplyLight(Labelled):
    """Where the clock of a reply stands, in minutes; the codes are those of `rules.lights.Light`."""

    NORMAL = "normal", "正常"
    NEAR = "near", "临期"
    SOON = "today", "即将到时"
    OVERDUE = "overdue", "超时"
    MET = "met", "按时回复"
    MET_LATE = "met_late", "超时回复"


def reply_light(due_at: datetime, replied_at: datetime | None, now: datetime) -> ReplyLight:
    """A reply at the due moment is in time; late stays late."""
    if replied_at is not None:
        return ReplyLight.MET if replied_at <= due_at else ReplyLight.MET_LATE
    left = due_at - now
    if left < timedelta():
        return ReplyLight.OVERDUE
    if left <= SOON:
        return ReplyLight.SOON
    return ReplyLight.NEAR if left <= NEAR else ReplyLight.NORMAL


def time_left(due_at: datetime, now: datetime) -> str:
    """还有 1 小时 20 分, 已超 35 分; whole minutes, never rounded in favour of the clock."""
    seconds = int((due_at - now).total_seconds())
    if seconds >= 0:
        return f"还有 {_in_words(seconds // 60)}" if seconds >= 60 else "还有不到 1 分"
    return f"已超 {_in_words(-(seconds // 60))}"


def _in_words(minutes: int) -> str:
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "天"), (hours, "小时"), (0 if days else minutes, "分")]
    return " ".join(f"{n} {word}" for n, word in parts if n)


@dataclass(frozen=True)
class EntryValues:
    """A line as entered; `source` says whether a unit or words name where it came from."""

    happened_at: datetime | None
    kind: EntryKind | None
    content: str
    has_source: bool = True
    due_at: datetime | None = None
    texts: tuple[tuple[str, str], ...] = ()
    """(field, text) of everything written besides the content."""


def check_entry(values: EntryValues, now: datetime) -> list[RuleViolation]:
    """Every refusal at once."""
    found = list(check_moment(values.happened_at, now, "happened_at", "发生时间"))
    if values.kind is None:
        found.append(RuleViolation("请选择类别。", "kind"))
    elif values.kind in SOURCE_NEEDED and not values.has_source:
        found.append(RuleViolation("请填写来源：哪个单位，或“群众来电”。", "source"))
    if not values.content.strip():
        found.append(RuleViolation("请填写内容。", "content"))
    if values.happened_at is not None:
        found += check_limit(values.due_at, values.happened_at)
    return found + secrecy_refusals((("content", values.content), *values.texts))


def check_moment(
    moment: datetime | None, now: datetime, field: str, name: str, *, since: datetime | None = None
) -> Iterator[RuleViolation]:
    """Not in the future but for the difference of clocks, not a year ago, not before `since`."""
    if moment is None:
        yield RuleViolation(f"请填写{name}。", field)
    elif moment > now + AHEAD:
        yield RuleViolation(f"{name}晚于现在，请核对。", field)
    elif moment < now - OLDEST:
        yield RuleViolation(f"{name}在一年以前，请核对年份。", field)
    elif since is not None and moment < since:
        yield RuleViolation(f"{name}早于发生时间，请核对。", field)


def check_limit(due_at: datetime | None, since: datetime) -> Iterator[RuleViolation]:
    """A reply is due after what it answers, and within a year."""
    if due_at is not None and due_at <= since:
        yield RuleViolation("回复时限应晚于发生时间。", "due_at")
    elif due_at is not None and due_at > since + LATEST_LIMIT:
        yield RuleViolation("回复时限在一年以后，请核对年份。", "due_at")


def check_new_limit(old: datetime | None, new: datetime | None, now: datetime) -> None:
    """A limit that has passed stays: moving it would make a late reply one in time. Raises RuleViolation."""
    if old is not None and new != old and now > old:
        raise RuleViolation("原来的回复时限已过，不能再改。", "due_at")


def check_text(text: str, name: str, field: str) -> None:
    """Something must be written, and nothing secret. Raises RuleViolation on the field."""
    if not text.strip():
        raise RuleViolation(f"请填写{name}。", field)
    refuse_secrecy_marks(text, field)


def secrecy_refusals(texts: tuple[tuple[str, str], ...]) -> list[RuleViolation]:
    found = []
    for field, text in texts:
        try:
            refuse_secrecy_marks(text, field)
        except RuleViolation as refusal:
            found.append(refusal)
    return found


@dataclass(frozen=True)
class Chain:
    """The 首报 that a line follows, as it stands: `first` is None where the number names none of this desk's."""

    first_happened_at: datetime | None
    is_first_report: bool = True
    is_void: bool = False
    has_final: bool = False


def check_chain(report: Report | None, chain: Chain | None, happened_at: datetime | None) -> None:
    """A 续报 or 终报 follows a live 首报 of the same desk that no 终报 has closed. Raises RuleViolation on `first`."""
    if report not in (Report.FOLLOW, Report.FINAL):
        return
    if chain is None or chain.first_happened_at is None or not chain.is_first_report:
        raise RuleViolation(f"{report.label}要写明首报的编号（本值班室的首报）。", "first")
    if chain.is_void:
        raise RuleViolation("那条首报已作废，不能再报。", "first")
    if chain.has_final:
        raise RuleViolation("这件事已有终报，不能再报；终报写错了请先作废。", "first")
    if happened_at is not None and happened_at < chain.first_happened_at:
        raise RuleViolation(f"{report.label}的时间早于首报，请核对。", "happened_at")


def is_late(happened_at: datetime, registered_at: datetime) -> bool:
    """Whether a line is 补记. Where the clock was set back in between, it is not."""
    return registered_at - happened_at > LATE_AFTER


def numbers_told(*texts: str) -> tuple[str, ...]:
    """Telephone and identity numbers in what was written, masked: a warning, nothing is refused for them."""
    return personal_numbers("\n".join(texts), is_notice=True)
