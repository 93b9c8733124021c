"""The sheet `staff`: people with an account each."""

from rules.roles import ROLE_LABELS, Role
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

USERNAME, NAME, ROLE, UNIT, POST, TELEPHONE = "用户名", "姓名", "角色", "单位", "职务", "电话"

_ROLES = "；".join(f"{role.value} {label}" for role, label in ROLE_LABELS.items())

SPEC = SheetSpec(
    "staff",
    "人员",
    (
        ColumnSpec(USERNAME, True, explanation="登录用，不分大小写，最多 40 字", example="linxiu"),
        ColumnSpec(NAME, True, explanation="最多 40 字", example="林秀"),
        ColumnSpec(
            ROLE, True, ColumnKind.CHOICE, tuple(r.value for r in Role), f"角色代码：{_ROLES}", "clerk"
        ),
        ColumnSpec(UNIT, True, explanation="机构代码", example="AL21"),
        ColumnSpec(POST, explanation="最多 60 字", example="信访专干"),
        ColumnSpec(TELEPHONE, explanation="办公电话，用于通讯录", example="0379-6000000"),
    ),
    "再次导入时按用户名识别：相同的跳过，不同的不会改动，会指出是哪一格。",
)
