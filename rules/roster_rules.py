"""What 班次设置 and a roster must satisfy. Pure: plain values in, refusals out."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rules.errors import RuleViolation
from rules.office_time import OFFICE_OFFSET
from rules.roster_words import Pattern

LONGEST_ROSTER = timedelta(days=400)
"""A year of reception days, and some."""
MOST_SLOTS = 2_000
MOST_POSTS = 60
MOST_NEED = 20
"""People of one post at once. A seat above it is a part of a divided duty, and counts in nobody's account."""
MOST_WEIGHT = 20
SHARES = tuple(range(10, 101, 10))


@dataclass(frozen=True)
class PostValues:
    """One post as entered; `number` is its row in the form."""

    number: int
    name: str
    starts: time | None
    ends: time | None
    need: int | None
    weight: int | None


@dataclass(frozen=True)
class SchemeValues:
    name: str
    pattern: Pattern
    days: tuple[int, ...]
    rest_hours: int | None
    most_in_row: int | None


def check_scheme(values: SchemeValues, posts: Sequence[PostValues]) -> list[RuleViolation]:
    """Every refusal at once; those of a post are on `post-0-name` …"""
    found = list(_settings(values))
    if not posts:
        found.append(RuleViolation("至少要有一个岗位。", "posts"))
    if len(posts) > MOST_POSTS:
        found.append(RuleViolation(f"岗位最多 {MOST_POSTS} 个。", "posts"))
    names: set[str] = set()
    for post in posts:
        found += (RuleViolation(said, f"post-{post.number}-{field}") for field, said in _post(post, names))
        names.add(post.name)
    return found


def _settings(values: SchemeValues) -> Iterator[RuleViolation]:
    if not values.name.strip():
        yield RuleViolation("请填写名称。", "name")
    if values.pattern is Pattern.WEEKLY and not _all_within(values.days, 7):
        yield RuleViolation("每周的，请至少选一个星期几。", "weekdays")
    if values.pattern is Pattern.MONTHLY and not _all_within(values.days, 31):
        yield RuleViolation("每月的，请写几号，1 至 31，多个用逗号隔开。", "month_days")
    if values.rest_hours is None or not 0 <= values.rest_hours <= 240:
        yield RuleViolation("两班之间的休息应为 0 至 240 小时。", "rest_hours")
    if values.most_in_row is None or not 1 <= values.most_in_row <= 31:
        yield RuleViolation("连续值班应为 1 至 31 天。", "most_in_row")


def _all_within(days: tuple[int, ...], most: int) -> bool:
    return bool(days) and all(1 <= day <= most for day in days)


def _post(post: PostValues, taken: Collection[str]) -> Iterator[tuple[str, str]]:
    if not post.name:
        yield "name", "请填写岗位名称。"
    if post.name in taken:
        yield "name", f"岗位“{post.name}”有两行。"
    if post.starts is None:
        yield "starts", "请填写开始时间，如 08:30。"
    if post.ends is None:
        yield "ends", "请填写结束时间；到次日同一时间的是 24 小时。"
    if post.need is None or not 1 <= post.need <= MOST_NEED:
        yield "need", f"人数应为 1 至 {MOST_NEED}。"
    if post.weight is None or not 1 <= post.weight <= MOST_WEIGHT:
        yield "weight", f"分量应为 1 至 {MOST_WEIGHT}。"


def check_span(first: date | None, last: date | None, today: date) -> list[RuleViolation]:
    """The days of a roster. A roster of last month may still be entered; none of years ago or to come."""
    if first is None or last is None:
        missing = {"first_day": ("起始日期", first), "last_day": ("截止日期", last)}
        return [
            RuleViolation(f"请填写{name}。", field) for field, (name, day) in missing.items() if day is None
        ]
    if last < first:
        return [RuleViolation("截止日期早于起始日期。", "last_day")]
    if last - first > LONGEST_ROSTER:
        return [RuleViolation(f"一次最多排 {LONGEST_ROSTER.days} 天。", "last_day")]
    if abs(first.year - today.year) > 1 or last.year - today.year > 2:
        return [RuleViolation("日期离今天太远，请核对年份。", "first_day")]
    return []


def check_slots(count: int) -> None:
    """Raises RuleViolation on `last_day` where nothing, or too much, is to be planned."""
    if not count:
        raise RuleViolation("这段日子里没有要值班的日子，请看班次设置里的日子。", "last_day")
    if count > MOST_SLOTS:
        raise RuleViolation(
            f"一次最多排 {MOST_SLOTS} 个班次，这段日子有 {count} 个，请分几次排。", "last_day"
        )


def days_of_text(text: str) -> tuple[int, ...]:
    """“8、18，28 日” as numbers in order; each once. Raises RuleViolation on `month_days`."""
    plain = unicodedata.normalize("NFKC", text)
    parts = [part for part in re.split(r"[\s,，、;；号日]+", plain) if part]
    if not all(re.fullmatch(r"\d{1,2}", part) for part in parts):
        raise RuleViolation(f"“{plain.strip()[:20]}”看不懂，写几号就行，例如 8 或 8,18,28。", "month_days")
    return tuple(sorted({int(part) for part in parts}))


def moments(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Begin and end of a duty as they are stored (naive UTC); an end not after the beginning is on the next day."""
    begins = datetime.combine(day, starts) - OFFICE_OFFSET
    finish = datetime.combine(day, ends) - OFFICE_OFFSET
    return begins, finish if ends > starts else finish + timedelta(days=1)


def is_part(seat: int) -> bool:
    return seat > MOST_NEED


def hours_text(starts: time, ends: time) -> str:
    """8:30—次日8:30."""
    next_day = "" if ends > starts else "次日"
    return f"{starts.hour}:{starts.minute:02}—{next_day}{ends.hour}:{ends.minute:02}"
