"""The sheet `visits`: 来访登记."""

from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind

DATE, TIME, UNIT, TYPE, PLACE, RECEPTIONIST = "日期", "时间", "登记单位", "接访类型", "地点", "接访人"
NAMES, ID_NUMBERS, TELEPHONES, ADDRESS = "来访人姓名", "证件号码", "联系电话", "住址"
PERSONS, REPRESENTATIVES, INVOLVED = "来访人数", "代表人数", "涉及人数"
KIND, CATEGORY, PURPOSE, LOCATION, ACCUSED = "初重访", "内容分类", "信访目的", "问题属地", "被反映单位"
CONTENT, OUTCOME, RESPONSIBLE, DUE, EXTERNAL = "反映内容", "处理结果", "责任单位", "限办日期", "外部编号"

_C = ColumnKind

SPEC = SheetSpec(
    "visits",
    "来访登记",
    (
        ColumnSpec(DATE, True, _C.DATE, example="2026-07-15"),
        ColumnSpec(TIME, False, _C.TIME, example="09:30"),
        ColumnSpec(UNIT, True, explanation="机构代码", example="AL21"),
        ColumnSpec(TYPE, True, _C.CHOICE, tuple(ReceptionType.labels()), example="日常接访"),
        ColumnSpec(PLACE, explanation="最多 80 字", example="接访大厅"),
        ColumnSpec(RECEPTIONIST, explanation="最多 80 字", example="林秀"),
        ColumnSpec(
            NAMES,
            explanation="一批多人用“、”隔开，最多 5 名；留空或写“匿名”为匿名来访",
            example="周大山、周小山",
        ),
        ColumnSpec(ID_NUMBERS, explanation="与姓名同顺序，用“、”隔开；单元格要设为文本", example=""),
        ColumnSpec(TELEPHONES, explanation="与姓名同顺序，用“、”隔开", example="13800000000"),
        ColumnSpec(ADDRESS, explanation="第一名来访人的住址，最多 120 字", example="上河村三组"),
        ColumnSpec(PERSONS, True, _C.INTEGER, explanation="到场的人数（人次）", example="2"),
        ColumnSpec(
            REPRESENTATIVES,
            False,
            _C.INTEGER,
            explanation="最多 5 人；不填按来访人数，超过 5 人按 5 人",
            example="2",
        ),
        ColumnSpec(INVOLVED, False, _C.INTEGER, explanation="事项涉及的人数，不少于来访人数"),
        ColumnSpec(KIND, True, _C.CHOICE, tuple(VisitKind.labels()), "是否初次来访，按事项不按人", "初访"),
        ColumnSpec(
            CATEGORY,
            True,
            explanation="一级或二级名称、“一级/二级”、代码，旧的十七类名称，或只指一个分类的常用说法",
            example="城乡建设/工程质量",
        ),
        ColumnSpec(
            PURPOSE,
            True,
            _C.CHOICE,
            tuple(Purpose.labels()),
            "揭发控告的登记会密封，只有指定人员可见",
            "求决",
        ),
        ColumnSpec(LOCATION, explanation="机构代码", example="AL2101"),
        ColumnSpec(ACCUSED, explanation="机构代码或名称；不在机构表里的写名称，最多 80 字"),
        ColumnSpec(CONTENT, True, explanation="最多 2000 字", example="反映房屋漏水，要求维修。"),
        ColumnSpec(OUTCOME, True, _C.CHOICE, tuple(Outcome.labels()), example="限期化解"),
        ColumnSpec(RESPONSIBLE, explanation="机构代码", example="AL11"),
        ColumnSpec(DUE, False, _C.DATE, example="2026-08-15"),
        ColumnSpec(
            EXTERNAL,
            explanation="原系统或原登记簿的编号，同一单位内不重复；有它就按它识别是否已导入",
            example="2026-031",
        ),
    ),
    "再次导入同一张表不会重复登记：有外部编号的按单位和外部编号识别，没有的按整行内容识别。",
)
