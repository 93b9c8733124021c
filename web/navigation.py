"""The menu: what an actor is shown is what the actor may open."""

from dataclasses import dataclass
from functools import cache

from flask import current_app, request, url_for

from rules.roles import Actor
from web.guard import permission_of

_MENUS = "menus"


@dataclass(frozen=True)
class Entry:
    endpoint: str
    label: str
    group: str
    covers: tuple[str, ...] = ()
    """Further subjects of the area that belong to it."""


MENU = (
    Entry("home.show", "工作台", ""),
    Entry("petitions.list_petitions", "信访事项", "信访"),
    Entry("owed.list_offices", "应办事项", "督查督办", ("office",)),
    Entry("supervision.list_tasks", "督办", "督查督办", ("task", "line", "proposal", "feedback")),
    Entry("accountability.list_suggestions", "三项建议", "督查督办"),
    Entry("accountability.list_interviews", "约谈", "督查督办"),
    Entry("accountability.list_inspections", "督查", "督查督办", ("team", "problem")),
    Entry("leads.list_leads", "领导包案", "督查督办"),
    Entry("leads.list_campaigns", "积案化解", "督查督办"),
    Entry("meetings.list_meetings", "联席会议", "会议", ("agenda", "attendance", "quota")),
    Entry("decisions.list_decisions", "议定事项", "会议"),
    Entry("meetings.list_escalations", "提请研究", "会议"),
    Entry("reception.list_visits", "来访登记", "接访"),
    Entry("reception.list_village_sessions", "村级接访", "接访"),
    Entry("reception.list_leader_days", "领导接访", "接访"),
    Entry("reception.list_leader_schedule", "接访安排", "接访"),
    Entry("reception.show_day_sheet", "接访日报", "接访"),
    Entry("reception.show_blank_register", "空白登记簿", "接访"),
    Entry("reception.list_phrases", "常用语", "接访"),
    Entry("duty.show_now", "当前值班", "值班"),
    Entry("duty.show_roster", "值班表", "值班", ("scheme",)),
    Entry("duty.show_mine", "我的班", "值班", ("swap", "absence")),
    Entry("duty.list_log", "值班日志", "值班", ("line", "dispatch", "handover")),
    Entry("duty.list_messages", "信息和指令", "值班"),
    Entry("duty.show_day_sheet", "值班日报", "值班"),
    Entry("duty.list_periods", "特殊时段", "值班"),
    Entry("registers.list_publications", "信息稿件", "登记"),
    Entry("registers.list_figures", "自报数据", "登记"),
    Entry("statistics.show", "统计", "统计"),
    Entry("bulletins.list_bulletins", "通报公示", "通报"),
    Entry("papers.list_papers", "公函", "通报"),
    Entry("bulletins.list_templates", "通报模板", "通报"),
    Entry("bulletins.list_registers", "公文管理", "通报", ("number", "seal")),
    Entry("imports.list_batches", "表格导入", "数据"),
    Entry("prints.list_orders", "打印任务", "数据"),
    Entry("staff.telephone_book", "通讯录", "机构人员"),
    Entry("staff.list_units", "机构", "机构人员"),
    Entry("staff.list_accounts", "人员账号", "机构人员"),
    Entry("staff.list_office_rules", "办公室规则", "机构人员"),
    Entry("terms.show_terms", "工作日历和时限", "机构人员", ("proposal", "limit", "year", "move")),
    Entry("audit.list_entries", "审计日志", "审计"),
)


def menu_for(actor: Actor | None) -> list[tuple[Entry, str, bool]]:
    """Entries the actor may open, each with its address and whether the current page belongs to it."""
    if actor is None or actor.must_change_password:
        return []
    current = _covering(request.endpoint)
    return [(e, address, e in current) for e, address in _allowed(actor)]


def _allowed(actor: Actor) -> list[tuple[Entry, str]]:
    """Put together once for each role: what a role may open, and where it is, stays as long as the site runs."""
    kept = current_app.extensions.setdefault(_MENUS, {})
    key = actor.role, request.script_root
    if key not in kept:
        known = current_app.view_functions
        allowed = (e for e in MENU if e.endpoint in known and actor.may(permission_of(e.endpoint)))
        kept[key] = [(e, url_for(e.endpoint)) for e in allowed]
    return kept[key]


@cache
def _covering(endpoint: str | None) -> tuple[Entry, ...]:
    """The entries that a page belongs to."""
    return tuple(e for e in MENU if endpoint is not None and _covers(e, endpoint))


def _covers(entry: Entry, endpoint: str) -> bool:
    if endpoint == entry.endpoint:
        return True
    area, _, name = endpoint.partition(".")
    subject = entry.endpoint.split(".")[1].partition("_")[2].rstrip("s")
    subjects = (subject, *entry.covers) if subject else entry.covers
    return area == entry.endpoint.split(".")[0] and any(subject in name for subject in subjects)
