"""The county's offices and villages, invented from syllables."""

import random
from dataclasses import dataclass

from commands.demonstration.vocabulary import rows, words
from rules.taxonomy import UnitCategory

COUNTY, BUREAU, CITY_BUREAU = "AL", "AL01", "EX01"
BUREAU_NAME = "安澜县信访局"
_FIRST_DEPARTMENT, _FIRST_TOWNSHIP = 11, 41
MOST_TOWNSHIPS, MOST_VILLAGES_EACH = 58, 99


@dataclass(frozen=True)
class PlannedUnit:
    code: str
    name: str
    short_name: str
    category: UnitCategory
    parent: str | None
    telephone: str


def plan_units(rng: random.Random, townships: int, villages: int) -> list[PlannedUnit]:
    """Parents before children; raises ValueError when the codes do not reach."""
    if townships > MOST_TOWNSHIPS or villages > townships * MOST_VILLAGES_EACH or townships < 3:
        raise ValueError("too many or too few townships or villages")
    planned = [
        PlannedUnit(COUNTY, "安澜县", "安澜县", UnitCategory.COUNTY_COMMITTEE, None, _telephone(1)),
        PlannedUnit(CITY_BUREAU, "云江市信访局", "市信访局", UnitCategory.EXTERNAL, None, _telephone(2)),
        PlannedUnit(BUREAU, BUREAU_NAME, "县信访局", UnitCategory.BUREAU, COUNTY, _telephone(3)),
        *_departments(),
    ]
    towns = _townships(rng, townships)
    return [*planned, *towns, *_villages(rng, towns, villages)]


def _departments() -> list[PlannedUnit]:
    return [
        PlannedUnit(
            f"AL{number}",
            _department_name(row),
            row["short"],
            UnitCategory.DEPARTMENT,
            COUNTY,
            _telephone(number),
        )
        for number, row in enumerate(rows("departments"), start=_FIRST_DEPARTMENT)
    ]


def _department_name(row: dict[str, str]) -> str:
    party = row["short"] in ("纪委监委", "政法委")
    return f"{'中共' if party else ''}安澜县{row['name']}"


def _townships(rng: random.Random, count: int) -> list[PlannedUnit]:
    names = _combined(rng, "township_heads", "township_tails", count)
    return [
        PlannedUnit(f"AL{number}", name + kind[0], name + kind[0], kind[1], COUNTY, _telephone(number))
        for number, (name, kind) in enumerate(
            zip(names, _township_kinds(count), strict=True), start=_FIRST_TOWNSHIP
        )
    ]


def _township_kinds(count: int) -> list[tuple[str, UnitCategory]]:
    """Towns first, then rural townships, then subdistricts: three to one to one."""
    streets = fields = count // 5
    return [
        *[("镇", UnitCategory.TOWNSHIP)] * (count - streets - fields),
        *[("乡", UnitCategory.TOWNSHIP)] * fields,
        *[("街道", UnitCategory.SUBDISTRICT)] * streets,
    ]


def _villages(rng: random.Random, towns: list[PlannedUnit], count: int) -> list[PlannedUnit]:
    villages = iter(_combined(rng, "village_heads", "village_tails", count))
    communities = iter(_combined(rng, "community_heads", "community_tails", 200) * (1 + count // 200))
    found = []
    for index, town in enumerate(towns):
        share = count // len(towns) + (index < count % len(towns))
        for serial in range(1, share + 1):
            code = f"{town.code}{serial:02}"
            if town.category is UnitCategory.SUBDISTRICT or serial == share:
                name, category = next(communities) + "社区", UnitCategory.COMMUNITY
            else:
                name, category = next(villages) + "村", UnitCategory.VILLAGE
            found.append(PlannedUnit(code, name, name, category, town.code, ""))
    return found


def _combined(rng: random.Random, heads: str, tails: str, count: int) -> list[str]:
    """Different names of two syllables; raises ValueError when there are not enough."""
    every = [head + tail for head in words(heads) for tail in words(tails) if head != tail]
    return rng.sample(every, count)


def _telephone(number: int) -> str:
    """An office number that looks like one of a film: 555 0…"""
    return f"555-0{number:03}"


@dataclass(frozen=True)
class Vicinity:
    """Companies by kind, housing estates and roads that matters speak of."""

    companies: dict[str, list[str]]
    estates: list[str]
    roads: list[str]


def plan_vicinity(rng: random.Random) -> Vicinity:
    return Vicinity(
        {
            kind: [f"安澜{name}{kind}" for name in _combined(rng, "company_heads", "company_tails", 7)]
            for kind in words("company_kinds")
        },
        _combined(rng, "estate_heads", "estate_tails", 18),
        _combined(rng, "road_heads", "road_tails", 14),
    )
