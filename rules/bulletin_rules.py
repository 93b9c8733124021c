"""What a bulletin must meet before it may be kept, submitted and issued."""

import re
from datetime import date

from rules.bulletin_kinds import BulletinKind
from rules.errors import NotVisible, RuleViolation
from rules.periods import Period
from rules.roles import Actor, Permission, Role
from rules.taxonomy import Labelled, UnitCategory

_WORD = re.compile(r"[\u4e00-\u9fff]{1,12}")


class BulletinState(Labelled):
    """Where a bulletin stands; a draft given up is void."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待签发"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"


def require_word(word: str) -> None:
    """机关代字 is hanzi only, e.g. 云信通 (GB/T 9704 7.2.5). Raises RuleViolation on `word`."""
    if not _WORD.fullmatch(word):
        raise RuleViolation("机关代字只用汉字，1 至 12 个，例如“云信通”；年份和序号由系统编排。", "word")


def may_draft_for(actor: Actor, unit_id: int) -> bool:
    """An office's documents are drafted by its own staff."""
    return actor.may(Permission.BULLETINS_WRITE) and actor.unit_id == unit_id


def may_issue_for(actor: Actor, unit_id: int, category: str) -> bool:
    """The county office's documents are issued by its director, any other unit's by its supervisor."""
    signer = Role.DIRECTOR if category == UnitCategory.BUREAU else Role.SUPERVISOR
    return actor.may(Permission.BULLETINS_ISSUE) and actor.unit_id == unit_id and actor.role is signer


def require_signer(actor: Actor) -> None:
    """Number registers and seals of an office belong to those who sign for it. Raises NotVisible."""
    if actor.unit_id is None or not actor.may(Permission.BULLETINS_ISSUE):
        raise NotVisible("office")


def require_subject(actor: Actor, subject_path: str) -> None:
    """Figures hold for what the scope allows, also of whoever opens or issues what a colleague drafted.

    Raises RuleViolation on `subject_unit`.
    """
    if not actor.scope_path or not subject_path.startswith(actor.scope_path):
        raise RuleViolation("统计单位不在您的范围内，这份通报的数字请由有权查看的人办理。", "subject_unit")


def require_period(kind: BulletinKind, period: Period) -> None:
    """A daily bulletin reports a day, a monthly one a month. Raises RuleViolation on `period`."""
    if not kind.fits(period):
        raise RuleViolation(f"{kind.label}的期间写法不对，应为{_WRITTEN[kind]}。", "period")


def require_begun(kind: BulletinKind, period: Period, today: date) -> None:
    """Nothing is reported of a period that has not begun; a notice may announce one. Raises RuleViolation on `period`."""
    if kind is not BulletinKind.NOTICE and period.start > today:
        raise RuleViolation(f"{period.label}还没有开始，没有可通报的数字。", "period")


_WRITTEN = {
    BulletinKind.DAILY: "一天，如 2026-07-15",
    BulletinKind.WEEKLY: "一周，如 2026-W29",
    BulletinKind.MONTHLY: "一个月，如 2026-07",
    BulletinKind.QUARTERLY: "一个季度，如 2026Q3",
    BulletinKind.ANNUAL: "一年，如 2026",
}
