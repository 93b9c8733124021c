"""The sheet `figures`: 自报数据, one row one number that an office reported itself."""

from rules.sheet_spec import ColumnSpec, SheetSpec

PERIOD, UNIT, INDICATOR, VALUE = "期间", "单位", "指标", "数值"

SPEC = SheetSpec(
    "figures",
    "自报数据",
    (
        ColumnSpec(PERIOD, True, explanation="2026-07、2026Q3、2026H1 或 2026", example="2026-07"),
        ColumnSpec(UNIT, True, explanation="机构代码；一个单位一个期间一个指标只有一行", example="AL21"),
        ColumnSpec(INDICATOR, True, explanation="指标名称或代码，最多 60 字", example="领导接访人次"),
        ColumnSpec(VALUE, True, explanation="只填数字，最多四位小数；比率填 99.61", example="12"),
    ),
)
