"""The sheet `interviews`: 约谈, one row one interview of one unit."""

from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

DATE, UNIT, PERSONS, POSTS, REASON = "日期", "单位", "约谈人数", "职务", "事由"

SPEC = SheetSpec(
    "interviews",
    "约谈",
    (
        ColumnSpec(DATE, True, ColumnKind.DATE, example="2026-07-15"),
        ColumnSpec(UNIT, True, explanation="机构代码：被约谈的单位", example="AL21"),
        ColumnSpec(PERSONS, True, ColumnKind.INTEGER, example="2"),
        ColumnSpec(POSTS, explanation="被约谈人职务，不写姓名，最多 200 字", example="镇长、分管副镇长"),
        ColumnSpec(REASON, True, explanation="办理中哪里没有做到", example="三件转送件超期告知"),
    ),
)
