"""The sheets' headings are a stable interface: exactly these, starred exactly so."""

import pytest

from actions.imports.kinds import KINDS

HEADINGS = {
    "organisations": "代码*, 名称*, 简称, 类别*, 上级代码, 排序",
    "staff": "用户名*, 姓名*, 角色*, 单位*, 职务, 电话",
    "visits": "日期*, 时间, 登记单位*, 接访类型*, 地点, 接访人, 来访人姓名, 证件号码, 联系电话, 住址, 来访人数*, 代表人数, "
    "涉及人数, 初重访*, 内容分类*, 信访目的*, 问题属地, 被反映单位, 反映内容*, 处理结果*, 责任单位, 限办日期, 外部编号",
    "village-sessions": "日期*, 村*, 方式*, 参加人, 批次*, 人次*, 现场解决批次*, 现场解决人次*, 限期化解批次*, 限期化解人次*, "
    "梳理上报批次*, 梳理上报人次*, 备注",
    "meetings": "日期*, 层级*, 单位*, 主持人, 议题, 议定事项数",
    "leader-receptions": "日期*, 领导*, 职务, 单位*, 方式*, 批次*, 人次*, 解决件数*",
    "interviews": "日期*, 单位*, 约谈人数*, 职务, 事由*",
    "publications": "日期*, 标题*, 单位*, 级别*",
    "figures": "期间*, 单位*, 指标*, 数值*",
}


@pytest.mark.parametrize("kind", HEADINGS)
def test_headings(kind):
    columns = KINDS[kind].spec.columns
    assert ", ".join(c.heading + "*" * c.required for c in columns) == HEADINGS[kind]
