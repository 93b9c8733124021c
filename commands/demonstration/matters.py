"""The matters that people come with: drawn by season, told in words, and some of them brought again."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from commands.demonstration.names import PlannedContact, contact
from commands.demonstration.offices import County, Office
from commands.demonstration.seasons import season_weight
from commands.demonstration.texts import Slots, expand
from commands.demonstration.vocabulary import MatterTemplate, matter_templates, sentences
from rules.taxonomy import Purpose, UnitCategory

REPEAT_SHARE = 0.25
_REMEMBERED = 40


@dataclass
class Matter:
    """One matter of one household or group; it may come again."""

    template: MatterTemplate
    township: Office
    village: Office
    is_group: bool
    contacts: list[PlannedContact]
    statement: str
    demand: str
    accused_unit: Office | None
    accused_text: str
    confidential: bool


class MatterSource:
    def __init__(self, rng: random.Random, county: County) -> None:
        self._rng = rng
        self._county = county
        self._townships = county.townships
        self._weights = list(accumulate(len(t.below) + 4 for t in self._townships))
        self._earlier: dict[int, deque[Matter]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
        self._drawn_for: tuple[date, list[float]] | None = None

    def come(
        self, day: date, village: Office | None = None, *, accusations: bool = True
    ) -> tuple[Matter, bool]:
        """A matter and whether it was brought before; at a village's session it is of that village."""
        township = (
            village.above if village else self._rng.choices(self._townships, cum_weights=self._weights)[0]
        )
        assert township is not None
        earlier = self._earlier[township.id]
        if village is None and earlier and self._rng.random() < REPEAT_SHARE:
            return self._rng.choice(earlier), True
        matter = self._new(
            self._template(day, accusations), day, township, village or self._rng.choice(township.below)
        )
        if matter.template.purpose in (Purpose.APPEAL, Purpose.REQUEST):
            earlier.append(matter)
        return matter, False

    def told(self, matter: Matter, persons: int, again: bool) -> str:
        """反映内容 of one visit."""
        kind = "repeat" if again else "group" if matter.is_group else "one"
        slots = {"persons": str(persons)}
        parts = [expand(self._rng.choice(sentences(f"opening_{kind}")), self._rng, slots) + matter.statement]
        if again:
            parts.append(expand(self._rng.choice(sentences("progress")), self._rng, slots))
        return "。".join((*parts, matter.demand)) + "。"

    def _template(self, day: date, accusations: bool) -> MatterTemplate:
        while True:
            template = self._rng.choices(matter_templates(), cum_weights=self._weights_on(day))[0]
            if accusations or template.purpose is not Purpose.ACCUSATION:
                return template

    def _new(self, template: MatterTemplate, day: date, township: Office, village: Office) -> Matter:
        rng = self._rng
        company = (
            rng.choice(self._county.vicinity.companies[rng.choice(template.company_kinds)])
            if template.company_kinds
            else ""
        )
        slots = Slots(
            rng,
            day,
            {
                "village": village.label,
                "township": township.label,
                "company": company,
                "estate": rng.choice(self._county.vicinity.estates),
                "road": rng.choice(self._county.vicinity.roads),
            },
        )
        accused = template.accused if rng.random() < 0.8 else ""
        is_group = rng.random() < template.group_share
        return Matter(
            template,
            township,
            village,
            is_group,
            [
                contact(rng, self._address(village, slots["estate"]), day)
                for _ in range(self._contact_count(is_group))
            ],
            expand(template.text, rng, slots),
            expand(template.demand, rng, slots),
            self._accused_unit(template, accused, township, village),
            company if accused == "company" else "",
            confidential=template.purpose is Purpose.ACCUSATION or rng.random() < 0.015,
        )

    def _weights_on(self, day: date) -> list[float]:
        """Cumulative weights of the templates, kept for the day."""
        if self._drawn_for is None or self._drawn_for[0] != day:
            weights = accumulate(t.weight * season_weight(t.season, day) for t in matter_templates())
            self._drawn_for = (day, list(weights))
        return self._drawn_for[1]

    def _contact_count(self, is_group: bool) -> int:
        if is_group:
            return self._rng.choice((1, 2, 2, 3, 4, 5))
        return 2 if self._rng.random() < 0.12 else 1

    def _address(self, village: Office, estate: str) -> str:
        township = village.above.label if village.above else ""
        if village.category is UnitCategory.COMMUNITY:
            return f"{township}{village.label}{estate}{self._rng.randint(1, 22)}号楼"
        return f"{township}{village.label}{self._rng.choice('一二三四五六七八')}组"

    def _accused_unit(
        self, template: MatterTemplate, accused: str, township: Office, village: Office
    ) -> Office | None:
        if accused == "department":
            named = self._county.departments.get(template.department)
            return (
                named
                if template.purpose is not Purpose.ACCUSATION
                else self._rng.choice(self._ordinary_departments())
            )
        return {"village": village, "township": township}.get(accused)

    def _ordinary_departments(self) -> list[Office]:
        return [o for name, o in self._county.departments.items() if name != "纪委监委"]
