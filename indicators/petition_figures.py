"""What the office reports of 信访事项: how many, and whether the units did their part in time.

Sources: 信访工作条例 art. 21–23, 34; the rates are those of the provincial system, except where 条例口径 is said.
A fact that comes late never makes a late matter good: only dates are compared.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_

from indicators.definition import Basis, Count, Indicator, Rate, Sum, Tally
from indicators.petition_sources import (
    CONCLUDED,
    CONCLUDED_BY_UNIT,
    DISPATCH_DUE,
    NOTICE_DUE,
    NOTICE_DUE_IN_SYSTEM,
    REGISTERED,
    REPLY_DUE,
    UPWARD_ITEMS,
)
from indicators.scope import FigureScope
from models.petition import Petition
from queries.days_after import DaysAfter
from queries.petition_marks import SENT_IN_TIME
from rules.petition_due import REGISTERED_TO_NOTICE_DAYS
from rules.petition_words import Channel, Rating

ALL, VOID = "全部登记的信访事项，纳入统计与否都计。", "作废的登记。"
NOT_COUNTED = "未纳入统计的、重件、涉法涉诉的，以及作废的登记。"
NOT_YET = "；统计截止日之后才到期的不计，当日到期的计入"
_FAVOURABLE = (Rating.SATISFIED.value, Rating.FAIRLY.value)
_RATED = (*_FAVOURABLE, Rating.DISSATISFIED.value)


def is_visit(_scope: FigureScope) -> ColumnElement[bool]:
    return Petition.channel == Channel.VISIT.value


def sent_on_time(_scope: FigureScope) -> ColumnElement[bool]:
    return SENT_IN_TIME


def told_within_system_days(_scope: FigureScope) -> ColumnElement[bool]:
    """The first comparison settles nearly every row, so that the sum of days is rarely made."""
    last = DaysAfter(Petition.registered_on, REGISTERED_TO_NOTICE_DAYS)
    return or_(Petition.notified_on <= Petition.dispatch_due_on, Petition.notified_on <= last)


def told_on_time(_scope: FigureScope) -> ColumnElement[bool]:
    return Petition.notified_on <= Petition.notice_due_on


def concluded_on_time(_scope: FigureScope) -> ColumnElement[bool]:
    return Petition.concluded_on <= Petition.reply_due_on


def _rating_in(column: Any, ratings: tuple[str, ...]) -> Any:
    return lambda _scope: column.in_(ratings)


_VISITS = {"channel": Channel.VISIT.value}
_UPWARD_CARD: Mapping[str, Any] = {
    "group": "到市及以上",
    "excludes": VOID,
    "basis": Basis.REGISTER,
    "county_only": True,
}

_COUNTS: tuple[Indicator, ...] = (
    Count(
        code="upward_items",
        name="到市及以上信访件次",
        column="件次",
        measure="件次",
        says="来源层级为市、省、国家的信访事项，各种信访形式都计，按登记日期；只有全县数，不分到下级单位。",
        formula="登记日期在期间内、来源层级为市（省、国家）的件数",
        tally=Tally(UPWARD_ITEMS),
        **_UPWARD_CARD,
    ),
    Sum(
        code="upward_persons",
        name="到市及以上信访人次",
        column="人次",
        measure="人次",
        says="上述信访事项的人数合计；只有全县数。",
        formula="到市及以上信访件次各件的人数之和",
        tally=Tally(UPWARD_ITEMS, adds=Petition.persons),
        **_UPWARD_CARD,
    ),
    Count(
        code="upward_visits",
        name="到市及以上走访批次",
        column="走访批次",
        measure="批",
        says="到市及以上信访件次中信访形式为来访的；只有全县数。",
        formula="到市及以上信访件次中信访形式为来访的件数",
        tally=Tally(UPWARD_ITEMS, is_visit, records=_VISITS),
        **_UPWARD_CARD,
    ),
    Sum(
        code="upward_visit_persons",
        name="到市及以上走访人次",
        column="走访人次",
        measure="人次",
        says="到市及以上走访批次的人数合计；只有全县数。",
        formula="到市及以上走访批次各件的人数之和",
        tally=Tally(UPWARD_ITEMS, is_visit, adds=Petition.persons, records=_VISITS),
        **_UPWARD_CARD,
    ),
    Count(
        code="petitions_registered",
        name="登记信访事项",
        group="信访事项",
        column="登记",
        measure="件",
        says="本单位及下级登记的信访事项，按登记日期，纳入统计与否都计。",
        formula="登记日期在期间内的件数，按登记单位计",
        excludes=VOID,
        tally=Tally(REGISTERED),
    ),
)

_RATES: tuple[Indicator, ...] = (
    Rate(
        code="dispatch_on_time",
        name="信访部门及时受理率",
        group="信访部门",
        column="及时受理率",
        measure="%",
        says="信访部门登记的信访事项，登记后15日内转送、交办或直接受理的比率；按到期日统计，按登记单位计。",
        formula="到期日（登记日期加15日）在期间内的件中，转送交办日期，或者直接受理的告知日期，不晚于到期日的件数 ÷ 全部件数",
        excludes=NOT_COUNTED + "非信访部门登记的" + NOT_YET + "。",
        basis=Basis.SYSTEM,
        version=2,
        numerator=Tally(DISPATCH_DUE, sent_on_time),
        denominator=Tally(DISPATCH_DUE),
        is_timeliness=True,
    ),
    Rate(
        code="acceptance_on_time",
        name="责任单位及时受理率（系统口径）",
        group="责任单位及时受理",
        column="系统口径",
        measure="%",
        says="到达责任单位的信访事项，登记后30日内告知信访人的比率；告知受理、不予受理、不再受理都算告知；按责任单位计。",
        formula="登记日期加30日在期间内的件中，告知日期不晚于该日的件数 ÷ 全部件数",
        excludes=NOT_COUNTED + "没有责任单位的" + NOT_YET + "。",
        basis=Basis.SYSTEM,
        numerator=Tally(NOTICE_DUE_IN_SYSTEM, told_within_system_days),
        denominator=Tally(NOTICE_DUE_IN_SYSTEM),
        is_timeliness=True,
    ),
    Rate(
        code="acceptance_on_time_statute",
        name="责任单位及时受理率（条例口径）",
        group="责任单位及时受理",
        column="条例口径",
        measure="%",
        says="到达责任单位的信访事项，单位收到后15日内告知信访人的比率（条例第二十三条）；按责任单位计。",
        formula="单位收到日期加15日在期间内的件中，告知日期不晚于该日的件数 ÷ 全部件数",
        excludes=NOT_COUNTED + "没有责任单位、没有单位收到日期的" + NOT_YET + "。",
        basis=Basis.STATUTE,
        numerator=Tally(NOTICE_DUE, told_on_time),
        denominator=Tally(NOTICE_DUE),
        is_timeliness=True,
    ),
    Rate(
        code="reply_on_time",
        name="按期答复率",
        group="按期答复",
        column="按期答复率",
        measure="%",
        says="已受理、按信访程序办理的信访事项，在限办截止日期前（含当日）办结的比率（条例第三十四条）；按责任单位计。",
        formula=(
            "限办截止日期在期间内的件中，办结日期不晚于限办截止日期的件数 ÷ 全部件数。"
            "限办截止日期为告知受理之日加60日；在第60日之前批准延期的，再加延期天数"
        ),
        excludes=NOT_COUNTED + "未受理的、办理类别不是信访处理的" + NOT_YET + "。",
        basis=Basis.SYSTEM,
        numerator=Tally(REPLY_DUE, concluded_on_time),
        denominator=Tally(REPLY_DUE),
        is_timeliness=True,
    ),
)


def _ratings(
    code: str, whose: str, source: Any, column: Any, counted: str, rated: str
) -> tuple[Indicator, ...]:
    """参评率 and 满意率 of one of the two that are rated. An empty rating is 未评价."""
    is_rated = _rating_in(column, _RATED)
    both: Mapping[str, Any] = {"group": f"{whose}评价", "measure": "%", "basis": Basis.SYSTEM}
    return (
        Rate(
            code=f"{code}_rating",
            name=f"{whose}参评率",
            column="参评率",
            says=f"期间内办结的信访事项中，信访人已对{whose}作出评价的比率；{counted}",
            formula="已评价件数 ÷（已评价 + 未评价）件数；评价为空的算未评价",
            excludes=NOT_COUNTED + "未办结的。",
            numerator=Tally(source, is_rated),
            denominator=Tally(source),
            **both,
        ),
        Rate(
            code=f"{code}_satisfaction",
            name=f"{whose}满意率",
            column="满意率",
            says=f"期间内办结、信访人已对{whose}作出评价的信访事项中，评价为满意或基本满意的比率；{counted}",
            formula="（满意 + 基本满意）件数 ÷ 已评价件数；未评价的不算满意",
            excludes=NOT_COUNTED + "未办结的、未评价的。",
            numerator=Tally(source, _rating_in(column, _FAVOURABLE)),
            denominator=Tally(source, is_rated, records={"rated": rated}),
            **both,
        ),
    )


PETITION_FIGURES: tuple[Indicator, ...] = (
    *_COUNTS,
    *_RATES,
    *_ratings("bureau", "信访部门", CONCLUDED, Petition.bureau_rating, "按登记单位计。", "bureau"),
    *_ratings("unit", "责任单位", CONCLUDED_BY_UNIT, Petition.unit_rating, "按责任单位计。", "unit"),
)
