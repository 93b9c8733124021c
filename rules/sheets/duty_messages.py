"""The sheet `duty-messages`: 值班信息, one row one message that came to the desk."""

from rules.desk_rules import LONGEST_TEXT
from rules.duty_messages import MessageKind
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

TIME, KIND, SOURCE, CONTENT, DUE, REPLIED, UNIT = (
    "时间", "类别", "来源单位", "内容", "要求回复时限", "回复时间", "承办单位",
)  # fmt: skip

SPEC = SheetSpec(
    "duty-messages",
    "值班信息",
    (
        ColumnSpec(TIME, True, explanation="收到的时间：2026-07-15 09:30；只有日期的也可以", example="2026-07-15 09:30"),
        ColumnSpec(KIND, True, ColumnKind.CHOICE, tuple(MessageKind.labels()), example="工作指令"),
        ColumnSpec(SOURCE, True, explanation="机构名称、简称或代码，可以是外部单位", example="EX01"),
        ColumnSpec(CONTENT, True, explanation=f"最多 {LONGEST_TEXT} 字；不得填写涉密内容", example="报送今日来访情况"),
        ColumnSpec(DUE, explanation="只写日期的，算到那天 24 时", example="2026-07-15 17:00"),
        ColumnSpec(REPLIED, explanation="还没有回复的不填", example="2026-07-15 16:20"),
        ColumnSpec(UNIT, explanation="机构名称、简称或代码；不填的算值班室自己", example="AL21"),
    ),
    "登记到导入人所在单位的值班日志；同样内容再导入不会重复。",
)  # fmt: skip
