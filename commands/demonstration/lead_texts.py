"""What is said in the demonstration's lead assignments: of the matter, never of where somebody was."""

from rules.lead_states import LeadResult

WHY = "久拖未决，需领导牵头协调。"
PROGRESS = (
    "召开专题会，明确由责任单位牵头、司法所配合，逐项核实诉求。",
    "到现场核实情况，调阅了原始合同和付款凭证。",
    "与相关单位协商补偿标准，形成初步方案。",
    "方案报县政府分管领导审定，准备签订协议。",
    "首批款项已拨付到位，余款约定分期支付。",
)
MEETINGS = (
    "当面听取诉求，解释政策依据，就处理方案交换意见。",
    "当面反馈核实结果，对争议部分约定由第三方评估。",
)
INSTRUCTION = "请责任单位倒排工期，每周报进展；涉及多部门的，由我协调。"
RESULTS = {
    LeadResult.RESOLVED: "诉求中合理部分已全部落实，双方签订协议并履行。",
    LeadResult.PARTLY: "已落实两项诉求，其余一项正在依法办理。",
    LeadResult.PROCEDURE: "争议属合同纠纷，已引导通过诉讼解决，法院已立案。",
}
PLANS = (
    "查清事实，厘清责任，先行解决无争议部分。",
    "由专班核实后分类处理，依法能办的限期办结，需诉讼的做好引导。",
)
ACCEPTED = "现场核实，情况属实，同意验收。"
RETURNED = "余款没有说明何时付清，请补充协议和付款凭证后再报。"
EXTENSION = "第三方评估还需要时间，申请延长。"
EVIDENCE = "协议、履行凭证原件存县信访局档案柜。"
KEPT_AT = "责任单位档案室 2026 年信访卷"
