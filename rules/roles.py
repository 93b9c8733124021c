"""The whole policy on one page: who may do what. Anything not granted here is denied.

The nine roles and what they see are fixed in the project's stable interfaces. Rows are scoped
separately, in `queries.scope`; this table only says which doors exist for whom.
"""

from dataclasses import dataclass
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
    Permission.IMPORT_REGISTERS: "导入来访、信访事项、村级接访、领导接访、值班信息登记",
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
