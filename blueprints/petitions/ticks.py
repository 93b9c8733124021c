"""Petitions ticked on a list, as addresses and forms carry them: ids, the versions that were seen, the list itself."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from actions.petitions.many import MOST_AT_ONCE
from queries.petition_filter import PetitionFilter
from queries.register_filter import number_of
from rules.errors import RuleViolation
from web.pages import see_other

TICK, SEEN, LIST = "p", "v", "list"


@dataclass(frozen=True)
class Ticks:
    """`p` names each petition, `v` an id with the version that was shown of it, `list` the filter they came from."""

    ids: tuple[int, ...] = ()
    seen: dict[int, int] = field(default_factory=dict)
    args: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_args(cls, args: Any) -> "Ticks":
        ids = (number_of(text) for text in args.getlist(TICK))
        pairs = (text.partition("-") for text in args.getlist(SEEN))
        seen = {number_of(i): number_of(version) for i, _dash, version in pairs}
        return cls(
            tuple(dict.fromkeys(i for i in ids if i is not None)),
            {i: version for i, version in seen.items() if i is not None and version is not None},
            _filter_of(args.get(LIST, "")),
        )

    @property
    def list_address(self) -> str:
        return url_for("petitions.list_petitions", **self.args)

    @property
    def listed(self) -> str:
        """The filter as one value of a form."""
        return urlencode(self.args)

    def refusal(self) -> Response | None:
        """Back to the list, saying why, where nothing or too much was ticked."""
        if 0 < len(self.ids) <= MOST_AT_ONCE:
            return None
        many = f"一次最多办理 {MOST_AT_ONCE} 件，现在勾选了 {len(self.ids)} 件。"
        flash(many if self.ids else "请先在列表里勾选要办理的信访事项。", "warning")
        return see_other(self.list_address)


def _filter_of(text: str) -> dict[str, str]:
    try:
        return PetitionFilter.from_args(MultiDict(parse_qsl(text))).to_args()
    except (RuleViolation, ValueError):
        return {}
