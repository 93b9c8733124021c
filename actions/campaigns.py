"""交办批次: registering, correcting, ending, voiding one; putting petitions into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.once import already_made, note_made
from actions.petition_search import index_petition
from models.base import new_uid
from models.lead_assignment import Campaign
from models.petition import Petition
from queries.campaigns import bears_cases, campaign_named, petitions_numbered
from rules.campaign_rules import CampaignValues, check_campaign
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.petition_states import Stage
from rules.petition_words import SourceLevel
from rules.roles import Actor


@dataclass(frozen=True)
class Doing:
    """Who does something to a batch, and when."""

    actor: Actor
    now: datetime
    today: date


def register_campaign(
    session: Session, by: Doing, values: CampaignValues, *, submission_key: str = ""
) -> Campaign:
    """Of a name that petitions bear already it takes those in. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, by.actor, Campaign)
    if made is not None:
        return session.get_one(Campaign, made)
    row = Campaign(
        uid=new_uid(), unit_id=by.actor.unit_id, registered_at=by.now, registered_by_id=by.actor.person_id,
        **_columns(session, values, by.today, None),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _record(session, by, row, "campaign.register", after=audit.values_of(row))
    note_made(session, key=submission_key, actor=by.actor, now=by.now, subject=row)
    return row


def correct_campaign(
    session: Session, by: Doing, row: Campaign, values: CampaignValues, *, version: int, reason: str
) -> None:
    """Its name is what ties its cases to it, so it stays once there are any. Raises StaleVersion, RuleViolation(s)."""
    _may_change(row, version)
    if values.name != row.name and bears_cases(session, row.name):
        raise RuleViolation("批次里已有信访事项，名称不能再改。", "name")
    columns = _columns(session, values, by.today, row.id)
    if all(getattr(row, name) == value for name, value in columns.items()):
        raise RuleViolation("没有改动任何内容。")
    _change(session, by, row, "campaign.correct", columns, reason)


def close_campaign(session: Session, by: Doing, row: Campaign, *, version: int, reason: str) -> None:
    """办完: it stands no more among those under way; its cases and figures stay."""
    _may_change(row, version)
    if row.closed_on is not None:
        raise RuleViolation(f"这个批次已于 {row.closed_on} 办完。")
    _change(session, by, row, "campaign.close", {"closed_on": by.today}, reason)


def void_campaign(session: Session, by: Doing, row: Campaign, *, version: int, reason: str) -> None:
    """Entered by mistake. Raises RuleViolation where petitions bear its name."""
    _may_change(row, version)
    if bears_cases(session, row.name):
        raise RuleViolation("批次里还有信访事项，不能作废；办完了的，请登记办完。")
    make_void(
        session, actor=by.actor, now=by.now, row=row, action="campaign.void", reason=reason, label=row.name
    )


@dataclass(frozen=True)
class Named:
    """One number of the list and what becomes of it: `refusal` says why it is not put in."""

    number: str
    petition: Petition | None
    refusal: str = ""


def named_cases(session: Session, actor: Actor, campaign: Campaign, numbers: Sequence[str]) -> list[Named]:
    """What each number means now, in the order given. A matter named twice, by both its numbers, is put in once."""
    found = petitions_numbered(session, actor, numbers)
    seen: set[int] = set()
    named = []
    for number in numbers:
        petition = found.get(number)
        twice = petition is not None and petition.id in seen
        named.append(Named(number, petition, "与前面的是同一件。" if twice else _refusal(petition, campaign)))
        if petition is not None:
            seen.add(petition.id)
    return named


def put_into_campaign(session: Session, by: Doing, campaign: Campaign, numbers: Sequence[str]) -> int:
    """All of the list that may be put in; returns how many. Raises RuleViolation where there is none."""
    if campaign.is_void or campaign.closed_on is not None:
        raise RuleViolation("这个批次已办完或已作废，不能再列入。")
    named = named_cases(session, by.actor, campaign, numbers)
    ready = [n.petition for n in named if n.petition is not None and not n.refusal]
    for petition in ready:
        _put(session, by, campaign, petition)
    return len(ready)


def _put(session: Session, by: Doing, campaign: Campaign, petition: Petition) -> None:
    petition.campaign = campaign.name
    petition.version += 1
    session.flush()
    index_petition(session, petition)
    audit.record(
        session, actor=by.actor, now=by.now, action="petition.join-campaign", subject=petition,
        label=petition.number, before={"campaign": None}, after={"campaign": campaign.name},
    )  # fmt: skip


def _refusal(petition: Petition | None, campaign: Campaign) -> str:
    if petition is None:
        return "没有找到。"
    if petition.stage == Stage.MERGED:
        return "已并件，请列入并入的那一件。"
    if petition.campaign == campaign.name:
        return "已在这个批次。"
    return f"已在批次“{petition.campaign}”，要改请到那一件更正。" if petition.campaign else ""


def _columns(session: Session, values: CampaignValues, today: date, row_id: int | None) -> dict[str, Any]:
    problems = check_campaign(values, today)
    same = campaign_named(session, values.name) if values.name else None
    if same is not None and same.id != row_id:
        problems.append(RuleViolation(f"已有同名的批次“{values.name}”。", "name"))
    if problems or values.source_level is None:
        raise RuleViolations(problems)
    return vars(values) | {"source_level": SourceLevel(values.source_level).value}


def _change(
    session: Session, by: Doing, row: Campaign, action: str, columns: dict[str, Any], reason: str
) -> None:
    before = audit.values_of(row)
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    _record(session, by, row, action, before=before, after=audit.values_of(row), reason=reason)


def _record(session: Session, by: Doing, row: Campaign, action: str, **said: Any) -> None:
    audit.record(session, actor=by.actor, now=by.now, action=action, subject=row, label=row.name, **said)


def _may_change(row: Campaign, version: int) -> None:
    if row.version != version:
        raise StaleVersion
    if row.is_void:
        raise RuleViolation("这个批次已作废，不能再改。")
