"""What a petition must satisfy when it is registered, and each step when it is taken. Pure: refusals out.

Sources: 信访工作条例 art. 19 (what is registered), 20.3 (at most five representatives), 22–23, 30.3, 34–36.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.petition_words import HandlingClass, ItemKind, MatterClass, fits, matter_class
from rules.taxonomy import Purpose
from rules.visit_rules import (
    FIRST_DAY,
    LONGEST_NAME,
    MOST_CONTACTS,
    MOST_PERSONS,
    MOST_REPRESENTATIVES,
    reaches_the_accused,
)

LONGEST_CONTENT = 5000
LONGEST_TITLE = 60
LONGEST_TEXT = 5000
LONGEST_REASON = 200
LONGEST_TASK = 200
"""分工 of a 协办单位."""
LEAST_TEXT = 2
MOST_EXTENSION = 30
ALREADY_SOMEWHERE = "这个省系统编号已经登记过，那一件不在您的查看范围，请核对。"
DAYS_TO_ASK = 30


@dataclass(frozen=True)
class PetitionValues:
    """A petition as entered; None or an empty text means not filled in."""

    registered_on: date | None
    received_on: date | None
    persons: int | None
    item_kind: ItemKind | None
    category: str | int | None
    purpose: Purpose | None
    title: str
    content: str
    anonymous: bool = False
    postmarked_on: date | None = None
    happened_on: date | None = None
    representatives: int | None = None
    involved_persons: int | None = None
    names: Sequence[str] = ()


_REQUIRED = {
    "registered_on": "请填写登记日期。",
    "received_on": "请填写收到日期。",
    "persons": "请填写人数。",
    "item_kind": "请选择初件或重件。",
    "category": "请选择内容分类。",
    "purpose": "请选择信访目的。",
}


def check_petition(values: PetitionValues, today: date) -> list[RuleViolation]:
    """Every refusal at once, each with the field it belongs to."""
    return [*_missing(values), *_dates(values, today), *_numbers(values), *_texts(values)]


def _missing(values: PetitionValues) -> Iterator[RuleViolation]:
    for field, message in _REQUIRED.items():
        if getattr(values, field) in (None, ""):
            yield RuleViolation(message, field)
    if not values.anonymous and not any(values.names):
        yield RuleViolation("请填写信访人姓名（名称）；不愿留名的请勾选“匿名”。", "name_1")


def _dates(values: PetitionValues, today: date) -> Iterator[RuleViolation]:
    registered, received = values.registered_on, values.received_on
    if registered and registered > today:
        yield RuleViolation(f"登记日期 {registered} 晚于今天 {today}。", "registered_on")
    if registered and registered < FIRST_DAY:
        yield RuleViolation(f"登记日期 {registered} 早于 1990 年，请核对。", "registered_on")
    if received and registered and received > registered:
        yield RuleViolation(f"收到日期 {received} 晚于登记日期 {registered}。", "received_on")
    if received and received < FIRST_DAY:
        yield RuleViolation(f"收到日期 {received} 早于 1990 年，请核对。", "received_on")
    for field, words in (("postmarked_on", "邮戳日期"), ("happened_on", "发生时间")):
        day = getattr(values, field)
        if day and received and day > received:
            yield RuleViolation(f"{words} {day} 晚于收到日期 {received}。", field)


def _numbers(values: PetitionValues) -> Iterator[RuleViolation]:
    persons = values.persons
    if persons is None:
        return
    if not 1 <= persons <= MOST_PERSONS:
        yield RuleViolation(f"人数应在 1 到 {MOST_PERSONS} 之间，填的是 {persons}。", "persons")
        return
    chosen = values.representatives
    if chosen is not None and not 1 <= chosen <= MOST_REPRESENTATIVES:
        yield RuleViolation(
            f"代表人数应在 1 到 {MOST_REPRESENTATIVES} 之间（《信访工作条例》第二十条），填的是 {chosen}。",
            "representatives",
        )
    elif chosen is not None and chosen > persons:
        yield RuleViolation(f"代表人数 {chosen} 多于人数 {persons}。", "representatives")
    involved = values.involved_persons
    if involved is not None and involved < persons:
        yield RuleViolation(f"涉及人数 {involved} 少于人数 {persons}。", "involved_persons")


def _texts(values: PetitionValues) -> Iterator[RuleViolation]:
    length = len(values.content.strip())
    if length == 0:
        yield RuleViolation("请填写概况。", "content")
    elif length > LONGEST_CONTENT:
        yield RuleViolation(f"概况最多 {LONGEST_CONTENT} 字，现有 {length} 字。", "content")
    if len(values.title) > LONGEST_TITLE:
        yield RuleViolation(f"标题最多 {LONGEST_TITLE} 字。", "title")
    if len(values.names) > MOST_CONTACTS:
        yield RuleViolation(f"最多登记 {MOST_CONTACTS} 名联系人。", "name_1")
    if any(len(name) > LONGEST_NAME for name in values.names):
        yield RuleViolation(f"姓名（名称）最多 {LONGEST_NAME} 字。", "name_1")


COUNTING = {
    "registered_on": "登记日期",
    "received_on": "收到日期",
    "item_kind": "初件、重件",
    "included": "纳入统计",
    "judicial": "涉法涉诉",
    "anonymous": "匿名",
}
"""What decides whether and from which day on a petition counts in the rates, which of its clocks run, and from when."""


def counting_refusals(changed: Iterable[str], closed: str) -> list[RuleViolation]:
    """`closed` says why it counts as it stands, "" where it may still be corrected as anything else
    (`queries.petition_closing`)."""
    if not closed:
        return []
    return [
        RuleViolation(f"{closed}，“{COUNTING[name]}”只能由县信访局负责人更正。", name) for name in changed
    ]


def is_sealed(purpose: Purpose) -> bool:
    """检举控告: only named staff (条例第三十条第三款)."""
    return matter_class(purpose) is MatterClass.ACCUSATION


def check_handling_class(purpose: Purpose, handling_class: HandlingClass, field: str) -> None:
    """A request is not handled as what runs no clock, nor an accusation as a petition (第二十九至三十一条). Raises
    RuleViolation."""
    if fits(purpose, handling_class):
        return
    raise RuleViolation(
        f"信访目的“{purpose.label}”属于{matter_class(purpose).label}，不能按“{handling_class.label}”办理"
        "（《信访工作条例》第二十九至三十一条）；信访目的登记错了的，先更正。",
        field,
    )


def check_stays_sealed(was_sealed: bool, purpose: Purpose) -> list[RuleViolation]:
    """A correction never opens an accusation to everybody in scope."""
    if not was_sealed or is_sealed(purpose):
        return []
    return [
        RuleViolation(
            "检举控告不能在更正里改成别的信访目的。确实登记错了的，由指定阅读密封材料的人员或者县信访局负责人在这一件的页面上"
            "“解除密封”，写明理由。",
            "purpose",
        )
    ]


def check_target(
    purpose: Purpose, accused_paths: Sequence[str], target_path: str | None, field: str = "to_unit"
) -> None:
    """Raises RuleViolation where a matter would reach the unit that it accuses, or that of the person."""
    found = reaches_the_accused(purpose, accused_paths, target_path)
    if found is not None:
        raise RuleViolation(found.message, field)


def asks_to_compare(purpose: Purpose, *, accused_is_known: bool) -> bool:
    """Where the tree of units cannot tell whom a matter accuses, a person compares the names before it goes out."""
    return is_sealed(purpose) and not accused_is_known


def check_compared(purpose: Purpose, *, accused_is_known: bool, compared: bool) -> None:
    """Raises RuleViolation on `compared`."""
    if asks_to_compare(purpose, accused_is_known=accused_is_known) and not compared:
        raise RuleViolation(
            "这是检举控告，被检举控告的单位没有对应到机构，系统不能代为核对。请对照登记内容，确认收件的不是被检举控告的单位"
            "及其下级、有关人员所在的单位，再勾选“已核对”（《信访工作条例》第三十条）。",
            "compared",
        )


def check_day(on: date, today: date, *, since: date | None, since_words: str, field: str = "on") -> None:
    """A step lies neither before what it follows nor in the future. Raises RuleViolation on `field`."""
    if on > today:
        raise RuleViolation(f"日期 {on} 晚于今天 {today}。", field)
    if since is not None and on < since:
        raise RuleViolation(f"日期 {on} 早于{since_words} {since}。", field)


def check_text(text: str, words: str, field: str = "text", most: int = LONGEST_TEXT) -> str:
    """The text without blanks around it. Raises RuleViolation where it says too little or too much."""
    kept = check_length(text, words, field, most)
    if len(kept) < LEAST_TEXT:
        raise RuleViolation(f"请写明{words}。", field)
    return kept


def check_length(text: str, words: str, field: str, most: int) -> str:
    """The text without blanks around it, which may be none. Raises RuleViolation where it says too much."""
    kept = text.strip()
    if len(kept) > most:
        raise RuleViolation(f"{words}最多 {most} 字，现有 {len(kept)} 字。", field)
    return kept


def check_extension_request(days: int | None, on: date, due_on: date) -> int:
    """At most 30 days, asked for before the 60 days are over (第三十四条). Raises RuleViolation."""
    if days is None or not 1 <= days <= MOST_EXTENSION:
        raise RuleViolation(f"延期 1 至 {MOST_EXTENSION} 日（《信访工作条例》第三十四条）。", "days")
    if on >= due_on:
        raise RuleViolation(f"限办日期是 {due_on}，延期要在此前提出并批准；到了当天就不能再延。", "on")
    return days


def check_extension_approval(on: date, due_on: date) -> None:
    """Approved strictly before the day: a late approval cannot make a late matter timely. Raises RuleViolation."""
    if on >= due_on:
        raise RuleViolation(f"限办日期是 {due_on}，批准日期 {on} 已不早于它，不能再延期。", "on")


PAPER_DAYS = 3
"""Working days within which an approval on paper is entered with its scan; later it counts from the day of entry, so no
paper that turns up afterwards makes a late matter timely."""


def approval_counts_on(paper_on: date, entered_on: date, last_day: date) -> date:
    """From which day an approval on paper counts; `last_day` is that of PAPER_DAYS after `paper_on`."""
    return paper_on if entered_on <= last_day else entered_on


def check_objection(on: date, last_day: date | None) -> None:
    """Within five working days of receiving (第二十三条第三款). Raises RuleViolation."""
    if last_day is not None and on > last_day:
        raise RuleViolation(
            f"异议要在收到之日起 5 个工作日内提出，截止 {last_day}（《信访工作条例》第二十三条）。", "on"
        )


def check_application(
    kind_words: str, applied_on: date, served_on: date, last: date, late_reason: str
) -> str:
    """Within 30 days of being served (第三十五、三十六条), `last` being the day the law gives; later only with a reason,
    which is returned. Raises RuleViolation."""
    reason = check_length(late_reason, "逾期受理的理由", "late_reason", LONGEST_REASON)
    if applied_on < served_on:
        raise RuleViolation(f"申请日期 {applied_on} 早于送达日期 {served_on}。", "on")
    if applied_on > last and len(reason) < LEAST_TEXT:
        raise RuleViolation(
            f"申请{kind_words}的 {DAYS_TO_ASK} 日已于 {last} 届满；仍然受理的，请写明理由。", "late_reason"
        )
    return reason


def check_over(on: date, last: date, words: str, reason: str) -> None:
    """A matter is not at an end while its petitioner may still contest it, unless there is a reason, as when he has
    declared in writing that he will not. Raises RuleViolation on `text`."""
    if on <= last and len(reason.strip()) < LEAST_TEXT:
        raise RuleViolation(
            f"信访人{words}的期限到 {last}；期满前终结、归档的，请写明理由，例如信访人书面表示不再申请。",
            "text",
        )
