"""值班信息和工作指令: columns of the sheet."""

from collections.abc import Callable
from typing import Any

from queries.duty_messages import MessageRow
from web.template_filters import moment

COLUMNS: dict[str, Callable[[MessageRow], Any]] = {
    "编号": lambda r: r.number,
    "时间": lambda r: moment(r.happened_at),
    "类别": lambda r: f"{r.kind}（转办）" if r.sent_on else r.kind,
    "来源单位": lambda r: r.source,
    "内容": lambda r: r.content,
    "承办单位": lambda r: r.unit,
    "要求回复时限": lambda r: moment(r.due_at),
    "回复时间": lambda r: moment(r.replied_at),
}
