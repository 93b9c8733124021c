"""A change of the calendar or of a limit that somebody has put forward and nobody has applied yet."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class YearProposal:
    """The file of one year, as text."""

    text: str


@dataclass(frozen=True)
class LimitProposal:
    """A limit of the office's own, from a day on."""

    key: str
    days: int
    unit: str
    valid_from: date
    basis: str


@dataclass(frozen=True)
class RetirementProposal:
    """No longer an own limit, for a reason."""

    limit_id: int
    reason: str


Proposal = YearProposal | LimitProposal | RetirementProposal
_KINDS: dict[str, type[Any]] = {
    "year": YearProposal,
    "limit": LimitProposal,
    "retirement": RetirementProposal,
}


def proposal_text(proposal: Proposal) -> str:
    name = next(name for name, kind in _KINDS.items() if isinstance(proposal, kind))
    return json.dumps({"kind": name, "values": asdict(proposal)}, ensure_ascii=False, default=date.isoformat)


def proposal_from(text: str) -> Proposal:
    held = json.loads(text)
    values = held["values"]
    if held["kind"] == "limit":
        values["valid_from"] = date.fromisoformat(values["valid_from"])
    proposal: Proposal = _KINDS[held["kind"]](**values)
    return proposal
