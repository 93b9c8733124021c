"""Each setting once: name, default, help. Values come from the environment, else from
`INSTANCE_DIR/settings.env`, else the default; a bad value stops the start with one clear line."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent


class BadSetting(SystemExit):
    """Raised at start: `NAME=value: what is wrong`. Being a SystemExit, it prints one line and ends with 1."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str
    choices: tuple[str, ...] = ()
    number: bool = False


SETTINGS = (
    Setting("INSTANCE_DIR", "instance", "站点目录：密钥、SQLite 数据库、附件、备份都在这里"),
    Setting("DATABASE_URL", "", "PostgreSQL 地址；留空用站点目录里的 SQLite"),
    Setting("SITE_NAME", "信访工作系统", "页眉上的系统名称"),
    Setting("DEMONSTRATION", "0", "1 表示演示县：每页显示横幅", ("0", "1")),
    Setting("ALLOW_PLAIN_HTTP", "0", "1 允许在非本机地址上使用明文 HTTP（会写入审计）", ("0", "1")),
    Setting("HTTPS", "0", "1 表示反向代理提供 HTTPS:Cookie 带 __Host- 与 Secure", ("0", "1")),
    Setting("PROXY_HOPS", "0", "可信反向代理的层数", number=True),
    Setting("TRUSTED_HOSTS", "", "允许的主机名，逗号分隔；留空不限"),
    Setting("PASSWORD_PROFILE", "dengbao", "口令规则：dengbao（等保）或 modern", ("dengbao", "modern")),
    Setting("SESSION_IDLE_MINUTES", "30", "无操作多少分钟后要重新登录", number=True),
    Setting("SESSION_HOURS", "10", "登录最长有效小时数", number=True),
    Setting("UPLOAD_MEGABYTES", "60", "一次提交的上传总量上限（MB）", number=True),
    Setting("ATTACHMENT_MEGABYTES", "20", "一件附件的大小上限（MB）", number=True),
    Setting("ATTACHMENT_FILES", "30", "一条记录最多几件附件", number=True),
    Setting("ATTACHMENT_RECORD_MEGABYTES", "200", "一条记录的附件合计大小上限（MB）", number=True),
    Setting("BACKUP_DIR", "", "每夜备份写到这个目录；留空为站点目录里的 backups"),
    Setting("BACKUP_KEEP", "30", "每夜备份保留最近几份；0 表示全部保留", number=True),
)


def _from_file(instance_dir: Path) -> dict[str, str]:
    path = instance_dir / "settings.env"
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def _checked(setting: Setting, value: str) -> str | int:
    if setting.choices and value not in setting.choices:
        raise BadSetting(f"{setting.name}={value}：只能是 {'、'.join(setting.choices)}")
    if setting.number:
        if not value.isdigit():
            raise BadSetting(f"{setting.name}={value}：要填一个非负整数")
        return int(value)
    return value


def load_settings(overrides: dict[str, str] | None = None) -> dict[str, str | int]:
    """Every declared setting by name. Raises BadSetting."""
    given = {**os.environ, **(overrides or {})}
    instance_dir = Path(given.get("INSTANCE_DIR") or "instance")
    instance_dir = instance_dir if instance_dir.is_absolute() else ROOT / instance_dir
    stored = _from_file(instance_dir)
    values = {s.name: _checked(s, given.get(s.name) or stored.get(s.name) or s.default) for s in SETTINGS}
    values["INSTANCE_DIR"] = str(instance_dir)
    return values


def database_url(settings: dict[str, str | int]) -> str:
    """SQLAlchemy's address of the site's database; PostgreSQL always through psycopg 3."""
    url = str(settings["DATABASE_URL"])
    if not url:
        return f"sqlite:///{settings['INSTANCE_DIR']}/xinfang.sqlite3"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    if url.startswith(("postgresql+psycopg://", "sqlite:///")):
        return url
    raise BadSetting(f"DATABASE_URL={url.split(':', 1)[0]}:…：只支持 postgresql:// 或 sqlite:///")
