"""积案台账: columns of the sheet and of the printed register of one batch."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.lead_assignment import Campaign
from queries.campaign_cases import CaseFilter, CaseRow, count_cases, list_cases
from queries.campaigns import load_campaign, tallies_by_unit, total_of
from queries.petition_days import petition_days
from queries.register_filter import number_of
from rules.roles import Actor, Permission
from web import clock
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

_MOVED = {True: "有", False: "无", None: ""}

COLUMNS: dict[str, Callable[[CaseRow], Any]] = {
    "编号": lambda r: r.number,
    "省系统编号": lambda r: r.external_number,
    "事项": lambda r: r.title,
    "责任单位": lambda r: r.responsible,
    "办理阶段": lambda r: r.stage,
    "包案编号": lambda r: r.lead_number,
    "包案领导": lambda r: r.leader,
    "包案状态": lambda r: r.lead_state,
    "包案时限": lambda r: r.lead_due_on,
    "本周进展": lambda r: _MOVED[r.moved_this_week],
    "超期": lambda r: "超期" if r.is_overdue else "",
    "办结日期": lambda r: r.concluded_on,
    "化解状态": lambda r: r.resolution,
}
PRINTED = PrintedColumns(
    COLUMNS,
    {
        "编号": 36, "事项": 60, "责任单位": 24, "办理阶段": 18, "包案领导": 20, "包案状态": 20, "包案时限": 20, "本周进展": 14,
        "超期": 12, "办结日期": 20, "化解状态": 16,
    },
    longest=60,
)  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    """Raises NotVisible."""
    campaign, chosen = _asked(session, actor, args)
    days = petition_days(session, clock.today())
    arguments = {"campaign": str(campaign.id)} | chosen.to_args()
    count = count_cases(session, actor, campaign, chosen, days)
    return Wanted(arguments, f"{campaign.name}，{chosen.sentence(session)}", count)


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    campaign, chosen = _asked(session, actor, args)
    days = petition_days(session, clock.today())
    for row in every_row(
        lambda after, size: list_cases(session, actor, campaign, chosen, days, after=after, size=size)
    ):
        yield PRINTED.cells(row)
    whole = total_of(tallies_by_unit(session, actor, campaign.name))
    return head_of_register(
        PRINTED,
        title=f"{campaign.name}积案台账",
        unit=actor.unit_name,
        subtitle=f"{chosen.sentence(session)}。全批 {whole.cases} 件，办结 {whole.concluded} 件（{whole.concluded_text}），"
        f"化解 {whole.resolved} 件（{whole.resolved_text}）",
    )


def _asked(session: Session, actor: Actor, args: Mapping[str, str]) -> tuple[Campaign, CaseFilter]:
    campaign = load_campaign(session, actor, number_of(args.get("campaign", "")) or 0)
    return campaign, CaseFilter.from_args(args)


PRINT: PrintKind = registers(
    title="积案台账",
    counted="件",
    permission=Permission.LEADS_READ,
    at_once=600,
    settle=_settle,
    gather=_gather,
)
