"""docs/permissions.md, written from rules/roles.py: `python -m tests.shape.permission_page` writes it anew."""

from pathlib import Path

from rules.roles import FOR_ALL_SIGNED_IN, GRANTS, PERMISSION_HELP, Permission, Role

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
INTRODUCTION = """# 权限表

谁能打开哪扇门。本页由 `rules/roles.py` 生成（`python -m tests.shape.permission_page`），请勿手改；测试会比较两者。
表里没有授予的，一律不准。能看到哪些**记录**是另一回事，由 `queries/scope.py` 决定：县信访局工作人员、负责人和县领导
看本县，其他人看本单位及下级；检举控告只有指定人员可看，被反映的单位和个人看不到。

● 可以，· 不可以。注明“全体”的，凡登录的账号都可以，尚未授予角色的也可以。
"""


def mark(permission: Permission, role: Role) -> str:
    return "●" if permission in FOR_ALL_SIGNED_IN or role in GRANTS[permission] else "·"


def permission_page() -> str:
    """The whole page as Markdown."""
    heads = ["权限", "含义", *(f"{role.label}<br>`{role.value}`" for role in Role)]
    lines = [heads, ["---", "---", *(":-:" for _role in Role)]]
    for permission in Permission:
        help_text = PERMISSION_HELP[permission] + ("（全体）" if permission in FOR_ALL_SIGNED_IN else "")
        lines.append([f"`{permission.value}`", help_text, *(mark(permission, role) for role in Role)])
    return INTRODUCTION + "\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(permission_page(), encoding="utf-8")
