"""The public notice of leaders' reception days: its table, and the words it begins with.

Offices publish the times and places of reception and their leaders receive people regularly (信访工作条例 art. 18).
What is made public of each day: day, leader, post, portfolio, place and telephone, and the form where it is not at a
fixed place (关于领导干部定期接待群众来访的意见, 2009).
"""

from dataclasses import dataclass
from datetime import date, time

from rules.periods import Period
from rules.taxonomy import LeaderReceptionMode

TABLE = "领导接访安排"
TOKEN = f"〔表：{TABLE}〕"
COLUMNS = (
    ("日期", 91.0), ("领导", 50.0), ("职务", 63.0), ("分管工作", 77.0), ("地点", 77.0), ("联系电话", 84.0),
)  # fmt: skip
"""(heading, share of the width in points): 15:00—17:30, a name of three and a mobile number stand in one line of 4号."""

CLOSING = "遇法定节假日等情况，接访日期顺延，另行公布。"
_WEEKDAYS = "一二三四五六日"
_LONGEST_IN_LINE = 11


@dataclass(frozen=True)
class NoticeLine:
    """One day as it is made public."""

    day: date
    starts_at: time | None
    ends_at: time | None
    leader: str
    post: str
    portfolio: str
    mode: LeaderReceptionMode
    place: str
    telephone: str

    def cells(self) -> tuple[str, ...]:
        """As many as COLUMNS; a line's end is one on the page."""
        return (
            self._when(), self.leader, self.post, self.portfolio, self._where(), _in_lines(self.telephone)
        )  # fmt: skip

    def _when(self) -> str:
        """8月5日, 星期三, 9:00—11:30, each in a line of its own."""
        words = [f"{self.day.month}月{self.day.day}日", f"星期{_WEEKDAYS[self.day.weekday()]}"]
        hours = "—".join(f"{t.hour}:{t.minute:02}" for t in (self.starts_at, self.ends_at) if t)
        return "\n".join([*words, *([hours] if hours else [])])

    def _where(self) -> str:
        form = "" if self.mode is LeaderReceptionMode.FIXED else f"（{self.mode.label}）"
        return f"{self.place}{form}"


def _in_lines(telephone: str) -> str:
    """A number too long for its column goes on after the area code."""
    area, dash, number = telephone.partition("-")
    return f"{area}-\n{number}" if dash and len(telephone) > _LONGEST_IN_LINE else telephone


def usual_title(office: str, month: Period) -> str:
    return f"关于{office}{month.label}领导干部接访安排的公示"


def usual_intro(office: str, month: Period) -> str:
    return f"根据《信访工作条例》第十八条规定，现将{office}{month.label}领导干部接访安排公示如下。"


def notice_source(intro: str, closing: str, telephone: str) -> str:
    """The text as a bulletin holds it: the table by its token, an empty part left out."""
    parts = [
        intro.strip(),
        TOKEN,
        closing.strip(),
        f"监督电话：{telephone.strip()}。" if telephone.strip() else "",
    ]
    return "\n".join(" ".join(part.split()) for part in parts if part)
