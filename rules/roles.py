"""The whole policy on one page: who may do what. Anything not granted here is denied.

The nine roles and what they see are fixed in the project's stable interfaces. Rows are scoped
separately, in `queries.scope`; this table only says which doors exist for whom.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    VILLAGE = "village"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    BUREAU = "bureau"
    DIRECTOR = "director"
    LEADER = "leader"
    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.VILLAGE: "村（社区）接访员",
    Role.CLERK: "信访经办",
    Role.SUPERVISOR: "单位负责人",
    Role.BUREAU: "县信访局工作人员",
    Role.DIRECTOR: "县信访局负责人",
    Role.LEADER: "县领导",
    Role.SYSADMIN: "系统管理员",
    Role.SECADMIN: "安全管理员",
    Role.AUDITOR: "安全审计员",
}

COUNTY_ROLES = frozenset({Role.BUREAU, Role.DIRECTOR, Role.LEADER})
"""They see from the nearest 县委县政府 above them; everyone else from the own unit down."""

COUNTY_OFFICE = frozenset({Role.BUREAU, Role.DIRECTOR})
"""县信访局: it acts for the county."""

_REGISTERING = frozenset({Role.VILLAGE, Role.CLERK, Role.SUPERVISOR, Role.BUREAU, Role.DIRECTOR})
_READING = _REGISTERING | {Role.LEADER}
_OFFICE = _REGISTERING - {Role.VILLAGE}
_HEADS = frozenset({Role.SUPERVISOR, Role.DIRECTOR})
_EVERYONE = frozenset(Role)


class Permission(StrEnum):
    """A door. Its value is `area:action`; its meaning stands in PERMISSION_HELP."""

    ANYONE = "public:any"
    OWN_ACCOUNT = "account:own"
    HOME = "home:read"
    TELEPHONE_BOOK = "staff:telephone-book"
    RECEPTION_READ = "reception:read"
    RECEPTION_WRITE = "reception:write"
    RECEPTION_VOID = "reception:void"
    SESSIONS_WRITE = "sessions:write"
    LEADER_DAYS_WRITE = "leader-days:write"
    PERSONAL_DATA = "personal-data:reveal"
    PHRASES = "reception:phrases"
    PETITIONS_READ = "petitions:read"
    PETITIONS_WRITE = "petitions:write"
    PETITIONS_SEND = "petitions:send"
    PETITIONS_APPROVE = "petitions:approve"
    PETITIONS_INSTRUCT = "petitions:instruct"
    PETITIONS_REVEAL = "petitions:reveal"
    SUPERVISION_READ = "supervision:read"
    SUPERVISION_FILE = "supervision:file"
    SUPERVISION_ISSUE = "supervision:issue"
    SUPERVISION_ANSWER = "supervision:answer"
    SUPERVISION_JUDGE = "supervision:judge"
    SUGGESTIONS_WRITE = "suggestions:write"
    INTERVIEWS_WRITE = "interviews:write"
    INSPECTIONS_WRITE = "inspections:write"
    LEADS_READ = "leads:read"
    LEADS_WRITE = "leads:write"
    LEADS_ASSIGN = "leads:assign"
    LEADS_ACCEPT = "leads:accept"
    LEADS_INSTRUCT = "leads:instruct"
    CAMPAIGNS_WRITE = "campaigns:write"
    MEETINGS_READ = "meetings:read"
    MEETINGS_WRITE = "meetings:write"
    MEETINGS_MINUTE = "meetings:minute"
    PAPERS_READ = "papers:read"
    PAPERS_WRITE = "papers:write"
    PAPERS_ISSUE = "papers:issue"
    OWED_READ = "owed:read"
    REGISTERS_READ = "registers:read"
    REGISTERS_WRITE = "registers:write"
    DUTY_READ = "duty:read"
    DUTY_OWN = "duty:own"
    DUTY_PLAN = "duty:plan"
    DUTY_PUBLISH = "duty:publish"
    DUTY_LOG = "duty:log"
    DUTY_LOG_READ = "duty:read-log"
    DUTY_INSTRUCT = "duty:instruct"
    DUTY_REPORT = "duty:report"
    DUTY_PERIODS = "duty:periods"
    STATISTICS = "statistics:read"
    BULLETINS_READ = "bulletins:read"
    BULLETINS_WRITE = "bulletins:write"
    BULLETINS_ISSUE = "bulletins:issue"
    IMPORT = "imports:any"
    IMPORT_REGISTERS = "imports:registers"
    IMPORT_ORGANISATION = "imports:organisation"
    ORGANISATION = "organisation:manage"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_OPEN = "accounts:open"
    ACCOUNTS_GRANT = "accounts:grant"
    SETTINGS = "settings:manage"
    TERMS_READ = "terms:read"
    TERMS_SET = "terms:set"
    PRINTS = "prints:own"
    AUDIT = "audit:read"


PERMISSION_HELP = {
    Permission.ANYONE: "不登录也能打开（登录页、健康检查、静态文件）",
    Permission.OWN_ACCOUNT: "自己的账号：改口令、登录记录、退出",
    Permission.HOME: "工作台",
    Permission.TELEPHONE_BOOK: "通讯录",
    Permission.RECEPTION_READ: "查看来访、村级接访、领导接访登记、接访安排及日报",
    Permission.RECEPTION_WRITE: "登记和更正来访",
    Permission.RECEPTION_VOID: "作废登记（写明理由）",
    Permission.SESSIONS_WRITE: "登记村级接访",
    Permission.LEADER_DAYS_WRITE: "登记领导接访，编排、公示接访安排",
    Permission.PERSONAL_DATA: "查看被遮盖的个人信息、按证件或电话查找、导出未遮盖表（写明理由，留痕）",
    Permission.PHRASES: "维护本单位常用语",
    Permission.PETITIONS_READ: "查看信访事项、期限、文书和附件",
    Permission.PETITIONS_WRITE: "登记信访事项，签收、告知、办理、起草答复、送达、办结",
    Permission.PETITIONS_SEND: "转送、交办，答复异议，裁定受理争议，登记评价",
    Permission.PETITIONS_APPROVE: "审批答复和延期",
    Permission.PETITIONS_INSTRUCT: "对信访事项作批示",
    Permission.PETITIONS_REVEAL: "信访事项中被遮盖的个人信息：查看、按证件或电话查找、导出未遮盖表（写明理由，留痕）",
    Permission.SUPERVISION_READ: "查看督办、三项建议、约谈、督查",
    Permission.SUPERVISION_FILE: "督办立项、修改、催办",
    Permission.SUPERVISION_ISSUE: "签发督办，撤回、终止督办",
    Permission.SUPERVISION_ANSWER: "签收督办，阶段反馈，申请延期、销号；答复建议，报送约谈和督查整改",
    Permission.SUPERVISION_JUDGE: "复核反馈，退回、销号，审批督办延期",
    Permission.SUGGESTIONS_WRITE: "起草三项建议，登记采纳情况",
    Permission.INTERVIEWS_WRITE: "登记约谈、办理倒查，复核约谈整改",
    Permission.INSPECTIONS_WRITE: "督查计划、走访记录、发现的问题，联乡包片分组",
    Permission.LEADS_READ: "查看包案、积案化解",
    Permission.LEADS_WRITE: "提出包案，记进展，报结果",
    Permission.LEADS_ASSIGN: "批准包案，审批包案延期",
    Permission.LEADS_ACCEPT: "验收、退回、销号包案（不得验收自己报的结果）",
    Permission.LEADS_INSTRUCT: "包案领导对自己包的案作批示、记会面",
    Permission.CAMPAIGNS_WRITE: "登记交办批次，把信访事项列入批次",
    Permission.MEETINGS_READ: "查看联席会议",
    Permission.MEETINGS_WRITE: "登记联席会议：议题、到会、议定事项，提请上级研究",
    Permission.MEETINGS_MINUTE: "定稿会议记录，把议定事项转为督办",
    Permission.PAPERS_READ: "查看本系统公函（督办函、建议书、约谈通知、会议纪要等）",
    Permission.PAPERS_WRITE: "起草公函",
    Permission.PAPERS_ISSUE: "签发公函",
    Permission.OWED_READ: "查看各单位应办事项",
    Permission.REGISTERS_READ: "查看信息稿件、自报数据",
    Permission.REGISTERS_WRITE: "登记信息稿件、自报数据",
    Permission.DUTY_READ: "查看值班表、当前值班、值班公示",
    Permission.DUTY_OWN: "自己的班：日历订阅地址，申请、答复调班，登记自己的请假和愿休日",
    Permission.DUTY_PLAN: "排班：设置班次和人员、排班、手工调整、登记他人请假",
    Permission.DUTY_PUBLISH: "发布值班表，批准调班，直接换人",
    Permission.DUTY_LOG: "值班日志、转办、交接班",
    Permission.DUTY_LOG_READ: "查看值班日志、转办和交接班记录",
    Permission.DUTY_INSTRUCT: "对值班日志作批示",
    Permission.DUTY_REPORT: "报送本单位（及代下级报送）特殊时段每日报告",
    Permission.DUTY_PERIODS: "设立、结束特殊时段，汇总每日报告",
    Permission.STATISTICS: "统计",
    Permission.BULLETINS_READ: "查看通报、公示",
    Permission.BULLETINS_WRITE: "起草、提交通报和公示，维护本单位模板",
    Permission.BULLETINS_ISSUE: "签发、退回、撤回通报；本单位发文字号、印章和用印登记",
    Permission.IMPORT: "表格导入（能导入哪几种表，看下面两项）",
    Permission.IMPORT_REGISTERS: "导入来访、信访事项、村级接访、领导接访、值班信息、约谈登记",
    Permission.IMPORT_ORGANISATION: "导入机构、人员",
    Permission.ORGANISATION: "维护机构",
    Permission.ACCOUNTS_READ: "查看账号",
    Permission.ACCOUNTS_OPEN: "开立、停用账号，移交工作",
    Permission.ACCOUNTS_GRANT: "授予、收回角色，解锁",
    Permission.SETTINGS: "办公室规则（集体访人数等）",
    Permission.TERMS_READ: "查看工作日历和时限",
    Permission.TERMS_SET: "录入放假安排、设定本地时限并预览影响（系统管理员只看到件数，看不到事项）",
    Permission.PRINTS: "打印任务：自己要的长打印，看进度、取文件、取消（能打印什么，看各自的权限）",
    Permission.AUDIT: "审计日志",
}

GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.ANYONE: _EVERYONE,
    Permission.OWN_ACCOUNT: _EVERYONE,
    Permission.HOME: _EVERYONE,
    Permission.TELEPHONE_BOOK: _EVERYONE,
    Permission.RECEPTION_READ: _READING,
    Permission.RECEPTION_WRITE: _REGISTERING,
    Permission.RECEPTION_VOID: _REGISTERING,
    Permission.SESSIONS_WRITE: _REGISTERING,
    Permission.LEADER_DAYS_WRITE: _OFFICE,
    Permission.PERSONAL_DATA: _REGISTERING,
    Permission.PHRASES: _REGISTERING,
    Permission.PETITIONS_READ: _OFFICE | {Role.LEADER},
    Permission.PETITIONS_WRITE: _OFFICE,
    Permission.PETITIONS_SEND: frozenset({Role.BUREAU, Role.DIRECTOR}),
    Permission.PETITIONS_APPROVE: frozenset({Role.SUPERVISOR, Role.DIRECTOR}),
    Permission.PETITIONS_INSTRUCT: frozenset({Role.LEADER}),
    Permission.PETITIONS_REVEAL: _OFFICE,
    Permission.SUPERVISION_READ: _OFFICE | {Role.LEADER},
    Permission.SUPERVISION_FILE: _OFFICE,
    Permission.SUPERVISION_ISSUE: _HEADS,
    Permission.SUPERVISION_ANSWER: _OFFICE,
    Permission.SUPERVISION_JUDGE: _HEADS | {Role.BUREAU},
    Permission.SUGGESTIONS_WRITE: COUNTY_OFFICE,
    Permission.INTERVIEWS_WRITE: COUNTY_OFFICE | {Role.SUPERVISOR},
    Permission.INSPECTIONS_WRITE: COUNTY_OFFICE,
    Permission.LEADS_READ: _OFFICE | {Role.LEADER},
    Permission.LEADS_WRITE: _OFFICE,
    Permission.LEADS_ASSIGN: _HEADS,
    Permission.LEADS_ACCEPT: _HEADS | {Role.BUREAU},
    Permission.LEADS_INSTRUCT: frozenset({Role.LEADER, Role.SUPERVISOR}),
    Permission.CAMPAIGNS_WRITE: COUNTY_OFFICE,
    Permission.MEETINGS_READ: _OFFICE | {Role.LEADER},
    Permission.MEETINGS_WRITE: _OFFICE,
    Permission.MEETINGS_MINUTE: _HEADS | {Role.BUREAU},
    Permission.PAPERS_READ: _OFFICE | {Role.LEADER},
    Permission.PAPERS_WRITE: _OFFICE,
    Permission.PAPERS_ISSUE: _HEADS,
    Permission.OWED_READ: _OFFICE | {Role.LEADER},
    Permission.REGISTERS_READ: _OFFICE | {Role.LEADER},
    Permission.REGISTERS_WRITE: _OFFICE,
    Permission.DUTY_READ: _READING,
    Permission.DUTY_OWN: _READING,
    Permission.DUTY_PLAN: _OFFICE,
    Permission.DUTY_PUBLISH: frozenset({Role.SUPERVISOR, Role.DIRECTOR}),
    Permission.DUTY_LOG: _OFFICE,
    Permission.DUTY_LOG_READ: _OFFICE | {Role.LEADER},
    Permission.DUTY_INSTRUCT: frozenset({Role.LEADER}),
    Permission.DUTY_REPORT: _REGISTERING,
    Permission.DUTY_PERIODS: frozenset({Role.SUPERVISOR, Role.BUREAU, Role.DIRECTOR}),
    Permission.STATISTICS: _READING,
    Permission.BULLETINS_READ: _READING,
    Permission.BULLETINS_WRITE: _OFFICE,
    Permission.BULLETINS_ISSUE: frozenset({Role.SUPERVISOR, Role.DIRECTOR}),
    Permission.IMPORT: _OFFICE | {Role.SYSADMIN},
    Permission.IMPORT_REGISTERS: _OFFICE,
    Permission.IMPORT_ORGANISATION: frozenset({Role.SYSADMIN}),
    Permission.ORGANISATION: frozenset({Role.SYSADMIN}),
    Permission.ACCOUNTS_READ: frozenset({Role.SYSADMIN, Role.SECADMIN}),
    Permission.ACCOUNTS_OPEN: frozenset({Role.SYSADMIN}),
    Permission.ACCOUNTS_GRANT: frozenset({Role.SECADMIN}),
    Permission.SETTINGS: frozenset({Role.SYSADMIN}),
    Permission.TERMS_READ: _OFFICE | {Role.LEADER, Role.SYSADMIN},
    Permission.TERMS_SET: frozenset({Role.BUREAU, Role.DIRECTOR, Role.SYSADMIN}),
    Permission.PRINTS: _READING,
    Permission.AUDIT: frozenset({Role.AUDITOR}),
}


FOR_ALL_SIGNED_IN = frozenset({Permission.ANYONE, Permission.OWN_ACCOUNT, Permission.HOME})
"""Open to an account that has not been granted a role yet."""


@dataclass(frozen=True)
class Actor:
    """Who acts, detached from the database. Paths are those of `models.organisation.Unit.path`."""

    account_id: int | None
    person_id: int | None
    name: str
    role: Role | None
    unit_id: int | None
    unit_path: str
    scope_path: str
    reads_sealed: bool = False
    must_change_password: bool = False
    address: str = ""
    unit_name: str = ""
    scope_ids: tuple[int, ...] = ()
    """Units of the scope where they were looked up, so that a search for rows needs no search for units."""
    data_state: str = field(default="", compare=False)
    """Head of the audit chain when he asked, which names all that was entered until then; "" where nobody looked."""

    def may(self, permission: Permission) -> bool:
        if permission in FOR_ALL_SIGNED_IN:
            return True
        return self.role is not None and self.role in GRANTS.get(permission, frozenset())

    @property
    def sees_county(self) -> bool:
        return self.role in COUNTY_ROLES

    @property
    def may_unseal(self) -> bool:
        """Whether he may open to everybody in scope what was sealed as an accusation."""
        return self.reads_sealed or self.role is Role.DIRECTOR

    @property
    def reach(self) -> str:
        """What decides which rows and which names he reads; two actors of one reach read the same."""
        sealed = "sealed" if self.reads_sealed else ""
        return f"{self.person_id}|{self.role or ''}|{self.unit_path}|{self.scope_path}|{sealed}"


def scope_path_for(role: Role | None, unit_path: str, county_path: str) -> str:
    """The subtree an actor sees. `county_path` is that of the nearest 县委县政府 at or above the unit."""
    return county_path if role in COUNTY_ROLES else unit_path


def handles(actor: Actor, *unit_paths: str | None) -> bool:
    """Whether the actor belongs to a unit that handles the matter, so that names are shown plainly.

    County roles handle what their own office was given; all others handle what lies in their scope.
    """
    if actor.role in COUNTY_ROLES:
        return actor.role is not Role.LEADER and any(path == actor.unit_path for path in unit_paths)
    return any(path is not None and path.startswith(actor.scope_path) for path in unit_paths)
