"""What the codes of the audit log are called. One table: a test finds every code that the actions write."""

ACTIONS = {
    "visit.register": "登记来访",
    "visit.correct": "更正来访",
    "visit.void": "作废来访",
    "visit.complete": "办结来访",
    "visit.import": "导入来访",
    "visit.add-many": "成批登记来访",
    "visit.reveal": "查看被遮盖的个人信息",
    "visit.search-number": "按证件、电话查找",
    "visit.search-last-four": "按末四位查找",
    "visit.export-unmasked": "导出未遮盖表",
    "village_session.register": "登记村级接访",
    "village_session.correct": "更正村级接访",
    "village_session.void": "作废村级接访",
    "session.add-many": "成批登记村级接访",
    "leader_reception.register": "登记领导接访",
    "leader_reception.correct": "更正领导接访",
    "leader_reception.void": "作废领导接访",
    "leader_reception.complete": "领导接访交办事项办结",
    "leader_reception.reopen": "领导接访交办事项重新办理",
    "reception.add-many": "成批登记领导接访",
    "paper-page.print": "打印空白登记簿",
    "paper-page.close": "登记簿页录完",
    "phrase.add": "添加常用语",
    "phrase.retire": "停用常用语",
    "unit.add": "新增机构",
    "unit.edit": "修改机构",
    "unit.close": "撤销机构",
    "unit.reopen": "恢复机构",
    "person.add": "新增人员",
    "person.add-many": "成批新增人员",
    "person.correct": "更正人员",
    "person.correct-telephone": "更正本人电话",
    "posting.start": "任职",
    "posting.end": "离任",
    "account.open": "开立账号",
    "account.reset-password": "重置口令",
    "account.change-password": "修改本人口令",
    "account.disable": "停用账号",
    "account.enable": "启用账号",
    "account.move": "账号调动",
    "account.grant": "授予角色",
    "account.withdraw": "收回角色",
    "account.let-read-sealed": "准许阅读密封材料",
    "account.stop-read-sealed": "不再准许阅读密封材料",
    "account.unlock": "解锁",
    "account.hand_over": "离岗移交",
    "office-rule.set": "设定办公室规则",
}

SUBJECTS = {
    "visit": "来访",
    "village_session": "村级接访",
    "leader_reception": "领导接访",
    "leader_promise": "领导接访交办事项",
    "paper_page": "登记簿页",
    "phrase": "常用语",
    "unit": "机构",
    "person": "人员",
    "account": "账号",
    "office_rule": "办公室规则",
    "import_batch": "导入批次",
}

FIELDS = {
    "name": "名称或姓名",
    "short_name": "简称",
    "category": "类别",
    "sort_order": "排序",
    "telephone": "电话",
    "valid_to": "撤销日期",
    "successor_id": "承接单位",
    "unit_id": "单位",
    "role": "角色",
    "reads_sealed": "阅读密封材料",
    "disabled_at": "停用",
    "value": "值",
    "valid_from": "生效日期",
    "basis": "依据",
    "post": "职务",
    "to_date": "离任日期",
    "from_date": "到任日期",
    "contacts": "来访人信息",
    "content": "反映内容",
    "reply": "答复意见",
    "outcome": "处理结果",
    "persons": "人数",
    "due_date": "限办日期",
    "completed_on": "办结日期",
    "completion": "办结情况",
    "voided_at": "作废",
}
"""The commoner columns; one not listed shows as it is written."""


def action_label(code: str) -> str:
    return ACTIONS.get(code, code)


def subject_label(code: str) -> str:
    return SUBJECTS.get(code, code)


def field_label(name: str) -> str:
    return FIELDS.get(name, name)
