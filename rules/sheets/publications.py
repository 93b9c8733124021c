"""The sheet `publications`: 信息稿件, one row one report that was taken up."""

from rules.register_words import PublicationLevel
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

DATE, TITLE, UNIT, LEVEL = "日期", "标题", "单位", "级别"

SPEC = SheetSpec(
    "publications",
    "信息稿件",
    (
        ColumnSpec(DATE, True, ColumnKind.DATE, explanation="采用、刊载的日期", example="2026-07-15"),
        ColumnSpec(TITLE, True, explanation="最多 120 字", example="安澜县推行村级周三接访"),
        ColumnSpec(UNIT, True, explanation="报送单位的机构代码", example="AL01"),
        ColumnSpec(LEVEL, True, ColumnKind.CHOICE, tuple(PublicationLevel.labels()), example="省级以上"),
    ),
)
