"""The sheet `petitions`: 信访事项, as the provincial system exports it or an office keeps it."""

from rules.petition_words import (
    Acceptance,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ItemKind,
    Rating,
    Resolution,
    SourceLevel,
)
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec
from rules.taxonomy import Purpose

EXTERNAL, REGISTERED, UNIT, CHANNEL, LEVEL = "省系统编号", "登记日期", "登记单位", "信访形式", "来源层级"
PERSONS, NAMES, TELEPHONES, ADDRESS = "人数", "信访人姓名", "联系电话", "住址"
KIND, CATEGORY, PURPOSE, LOCATION, CONTENT = "初重件", "内容分类", "信访目的", "问题属地", "概况"
DISPATCH, DISPATCHED, RESPONSIBLE, RECEIVED = "办理方式", "转送交办日期", "责任单位", "单位收到日期"
NOTIFIED, ACCEPTANCE, CLASS = "告知日期", "告知结果", "办理类别"
EXTENSION, EXTENDED, CONCLUDED, SERVED = "延期天数", "延期批准日期", "办结日期", "答复送达日期"
CONCLUSION, RESOLUTION, BUREAU_RATING, UNIT_RATING = "处理结论", "化解状态", "信访部门评价", "责任单位评价"
INCLUDED, JUDICIAL, CAMPAIGN = "纳入统计", "涉法涉诉", "交办批次"

_C = ColumnKind
_RATINGS = tuple(Rating.labels())

SPEC = SheetSpec(
    "petitions",
    "信访事项",
    (
        ColumnSpec(
            EXTERNAL,
            explanation="全县不重复；有它就按它识别是否已导入；单元格要设为文本",
            example="XF20260715001",
        ),
        ColumnSpec(REGISTERED, True, _C.DATE, example="2026-07-01"),
        ColumnSpec(UNIT, True, explanation="机构代码", example="AL01"),
        ColumnSpec(CHANNEL, True, _C.CHOICE, tuple(Channel.labels()), example="来信"),
        ColumnSpec(
            LEVEL,
            True,
            _C.CHOICE,
            tuple(SourceLevel.labels()),
            "首次登记该事项的层级，说的是件，不是人",
            "县",
        ),
        ColumnSpec(PERSONS, True, _C.INTEGER, explanation="1 至 9999", example="2"),
        ColumnSpec(
            NAMES, explanation="几人用“、”隔开，最多 5 名；留空或写“匿名”为匿名", example="周大山、周小山"
        ),
        ColumnSpec(TELEPHONES, explanation="与姓名同顺序，用“、”隔开", example="13800000000"),
        ColumnSpec(ADDRESS, explanation="第一名信访人的住址，最多 120 字", example="上河村三组"),
        ColumnSpec(
            KIND, True, _C.CHOICE, tuple(ItemKind.labels()), "同一人就同一事项再次提出的为重件", "初件"
        ),
        ColumnSpec(
            CATEGORY,
            True,
            explanation="一级或二级名称、“一级/二级”、代码，旧的十七类名称，或只指一个分类的常用说法",
            example="城乡建设/工程质量",
        ),
        ColumnSpec(
            PURPOSE, True, _C.CHOICE, tuple(Purpose.labels()), "揭发控告的会密封，只有指定人员可见", "求决"
        ),
        ColumnSpec(LOCATION, explanation="机构代码", example="AL2101"),
        ColumnSpec(CONTENT, True, explanation="最多 5000 字", example="反映房屋漏水，要求维修。"),
        ColumnSpec(DISPATCH, False, _C.CHOICE, tuple(DispatchKind.labels()), example="转送"),
        ColumnSpec(DISPATCHED, False, _C.DATE, example="2026-07-03"),
        ColumnSpec(RESPONSIBLE, explanation="机构代码", example="AL11"),
        ColumnSpec(RECEIVED, False, _C.DATE, explanation="不早于转送交办日期", example="2026-07-03"),
        ColumnSpec(NOTIFIED, False, _C.DATE, explanation="不早于单位收到日期", example="2026-07-10"),
        ColumnSpec(ACCEPTANCE, False, _C.CHOICE, tuple(Acceptance.labels()), example="受理"),
        ColumnSpec(
            CLASS, False, _C.CHOICE, tuple(HandlingClass.labels()), "受理的才填（条例第三十一条）", "信访处理"
        ),
        ColumnSpec(EXTENSION, False, _C.INTEGER, explanation="最多 30"),
        ColumnSpec(EXTENDED, False, _C.DATE, explanation="在限办日期之前批准的才算延期"),
        ColumnSpec(CONCLUDED, False, _C.DATE),
        ColumnSpec(SERVED, False, _C.DATE),
        ColumnSpec(CONCLUSION, False, _C.CHOICE, tuple(Conclusion.labels())),
        ColumnSpec(RESOLUTION, False, _C.CHOICE, tuple(Resolution.labels())),
        ColumnSpec(BUREAU_RATING, False, _C.CHOICE, _RATINGS, "省系统里的评价；留空按未评价"),
        ColumnSpec(UNIT_RATING, False, _C.CHOICE, _RATINGS, "省系统里的评价；留空按未评价"),
        ColumnSpec(INCLUDED, True, _C.BOOLEAN, example="是"),
        ColumnSpec(JUDICIAL, True, _C.BOOLEAN, example="否"),
        ColumnSpec(CAMPAIGN, explanation="最多 60 字，如“百日攻坚”"),
    ),
    "再次导入同一张表不会重复登记：有省系统编号的按它识别，没有的按整行内容识别。"
    "已有的省系统编号，只补系统里空着的内容和以后的办理情况、评价；与系统中不同的是错误，空白的格不改动什么。",
)
