"""What a new rota (班次) begins with, kind by kind: sensible, and all of it may be changed."""

from dataclasses import dataclass
from datetime import time

from rules.roster_words import Pattern, RosterKind


@dataclass(frozen=True)
class PostPreset:
    """`ends` not after `starts` means the next day; equal ones mean 24 hours."""

    name: str
    starts: time
    ends: time
    need: int = 1


@dataclass(frozen=True)
class Preset:
    """`days` are weekdays 1–7 or days of the month; none for each day."""

    kind: RosterKind
    name: str
    pattern: Pattern
    days: tuple[int, ...]
    puts_off: bool
    rest_hours: int
    most_in_row: int
    posts: tuple[PostPreset, ...]
    hint: str


_HANDOVER = time(8, 30)
_MORNING = time(9, 0), time(11, 30)
_DESK = ("带班领导", "值班员（主）", "值班员（副）")

PRESETS: dict[RosterKind, Preset] = {
    RosterKind.DUTY: Preset(
        RosterKind.DUTY,
        "24小时值班",
        Pattern.DAILY,
        (),
        False,
        24,
        1,
        tuple(PostPreset(name, _HANDOVER, _HANDOVER) for name in _DESK),
        "每天一班，8:30 交接；带班领导、值班员（主）、值班员（副）各一人。",
    ),
    RosterKind.LEADER_DAYS: Preset(
        RosterKind.LEADER_DAYS,
        "领导接访日",
        Pattern.MONTHLY,
        (8,),
        True,
        0,
        1,
        (PostPreset("接访领导", *_MORNING),),
        "每月 8 日，遇节假日顺延；乡镇（街道）可改为每周。按公布的次序轮流，发布后写入接访安排。",
    ),
    RosterKind.VILLAGE: Preset(
        RosterKind.VILLAGE,
        "村级周三接访",
        Pattern.WEEKLY,
        (3,),
        False,
        0,
        1,
        (),
        "每周三，各村（社区）是岗位，一村一人；谁去哪个村，在村级接访的周表上也看得到。",
    ),
    RosterKind.SPECIAL: Preset(
        RosterKind.SPECIAL,
        "特殊时段值班",
        Pattern.DAILY,
        (),
        False,
        24,
        1,
        tuple(PostPreset(name, _HANDOVER, _HANDOVER, need=2) for name in _DESK),
        "会议、节日期间加强值班，每个岗位两人。",
    ),
}


def village_posts(names: tuple[str, ...]) -> tuple[PostPreset, ...]:
    """One post for each village."""
    return tuple(PostPreset(name, *_MORNING) for name in names)
