"""Kinds of bulletins (通报), and which period each one reports."""

from rules.periods import Period, PeriodKind
from rules.taxonomy import Labelled


class BulletinKind(Labelled):
    """日通报、周汇总、月站队、季讲评 and the year's summary; a correction follows the bulletin that it corrects, a
    notice is for the public."""

    DAILY = "daily", "日通报"
    WEEKLY = "weekly", "周汇总"
    MONTHLY = "monthly", "月站队"
    QUARTERLY = "quarterly", "季讲评"
    ANNUAL = "annual", "年度总结"
    CORRECTION = "correction", "更正通报"
    NOTICE = "notice", "公示公告"

    @property
    def period_kind(self) -> PeriodKind | None:
        """None: any period will do."""
        return _PERIODS.get(self)

    def fits(self, period: Period) -> bool:
        return self.period_kind in (None, period.kind)


_PERIODS = {
    BulletinKind.DAILY: PeriodKind.DAY,
    BulletinKind.WEEKLY: PeriodKind.WEEK,
    BulletinKind.MONTHLY: PeriodKind.MONTH,
    BulletinKind.QUARTERLY: PeriodKind.QUARTER,
    BulletinKind.ANNUAL: PeriodKind.YEAR,
}
