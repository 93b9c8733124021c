"""The sheet `organisations`: units of the tree."""

from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec
from rules.taxonomy import UnitCategory

CODE, NAME, SHORT, CATEGORY, PARENT, SORT = "代码", "名称", "简称", "类别", "上级代码", "排序"

CATEGORIES = tuple(c.label for c in UnitCategory if c is not UnitCategory.EXTERNAL)

SPEC = SheetSpec(
    "organisations",
    "机构",
    (
        ColumnSpec(
            CODE,
            True,
            explanation="字母和数字，可用 - 连接；全系统不重复，编号和其他表都用它",
            example="AL2101",
        ),
        ColumnSpec(NAME, True, explanation="全称，最多 80 字", example="上河村"),
        ColumnSpec(SHORT, explanation="列表里显示的名称，最多 40 字", example="上河村"),
        ColumnSpec(CATEGORY, True, ColumnKind.CHOICE, CATEGORIES, example="村"),
        ColumnSpec(
            PARENT,
            explanation="上级机构的代码；只有最上级（县委县政府）留空。上级可以写在同一张表的任何一行",
            example="AL21",
        ),
        ColumnSpec(SORT, False, ColumnKind.INTEGER, explanation="同一上级下从小到大排列", example="1"),
    ),
    "再次导入时按代码识别：名称、简称、排序有改动的会更新，类别和上级不能用导入更改。",
)
