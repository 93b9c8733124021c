"""What a new task says before anybody has edited it: title, cause, demands, from plain facts. No petition's number or title:
units that may not read the petition read these words."""

from dataclasses import dataclass
from datetime import date

from rules.letters.wording import date_text
from rules.supervision_words import Ground

DEMANDS = "请查明原因，明确责任人和完成时限，依法限期办理，并书面反馈办理结果和佐证材料。"
DEMANDS_IN_TIME = "请明确责任人，按议定的要求和时限落实，并书面反馈落实结果和佐证材料。"
"""Of what is not late: nothing is to be explained."""
DEMANDS_OF_HANDLING = "请明确责任人，按法定期限和规定程序办理，并书面反馈办理结果和佐证材料。"
"""Of petitions of which nothing is known to fall short."""


@dataclass(frozen=True)
class Lateness:
    """One duty of an office: what was due, since when; `done_on` where it was done late."""

    owed: str
    due_on: date
    days_late: int
    done_on: date | None = None


def title_of(unit: str, ground: Ground | None, many: int = 1) -> str:
    """柳溪镇信访事项办理中“未按期办结”问题（3 件）; without a ground nothing is called a problem."""
    about = f"信访事项办理中“{ground.label}”问题" if ground else "承办信访事项的办理情况"
    return f"{unit}{about}{f'（{many} 件）' if many > 1 else ''}"[:80]


def content_of(unit: str, ground: Ground | None, late: list[Lateness], many: int = 1) -> str:
    """One sentence where one matter is meant, else a line for each."""
    if ground is None:
        return f"就{unit}承办的{f' {many} 件' if many > 1 else ''}信访事项的办理情况予以督办。"
    about = f"“{ground.label}”（《信访工作条例》第四十条）"
    if not late:
        return f"{unit}承办的信访事项存在{about}的情形。"
    if len(late) == 1:
        return f"{unit}承办的信访事项存在{about}的情形：{_said(late[0])}。"
    lines = "\n".join(f"{n}. {_said(each)}。" for n, each in enumerate(late, start=1))
    return f"{unit}承办的下列 {len(late)} 件信访事项存在{about}的情形：\n{lines}"


def _said(late: Lateness) -> str:
    due = date_text(late.due_on)
    if late.done_on is not None:
        return f"{late.owed}期限为{due}，{date_text(late.done_on)}才办理，超期{late.days_late}天"
    if late.days_late <= 0:
        return f"{late.owed}期限为{due}，至今没有办理记录"
    return f"{late.owed}期限为{due}，已超{late.days_late}天"
