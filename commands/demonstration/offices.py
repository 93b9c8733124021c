"""The stored county as the generators need it: units by kind, who works there, what lies below."""

from dataclasses import dataclass, field

from commands.demonstration.places import BUREAU, COUNTY, Vicinity
from models.organisation import Unit
from rules.taxonomy import TOWNSHIP_LEVEL, VILLAGE_LEVEL, UnitCategory


@dataclass
class Office:
    """A unit and its people. `clerk` registers, `head` leads; (person id, name)."""

    id: int
    code: str
    label: str
    category: UnitCategory
    above: "Office | None" = None
    below: list["Office"] = field(default_factory=list)
    clerks: list[tuple[int, str]] = field(default_factory=list)
    heads: list[tuple[int, str, str]] = field(default_factory=list)
    """(person id, name, post): those who hold receptions."""
    has_account: bool = False


@dataclass
class County:
    by_code: dict[str, Office]
    vicinity: Vicinity

    @property
    def root(self) -> Office:
        return self.by_code[COUNTY]

    @property
    def bureau(self) -> Office:
        return self.by_code[BUREAU]

    @property
    def townships(self) -> list[Office]:
        return [o for o in self.by_code.values() if o.category in TOWNSHIP_LEVEL]

    @property
    def villages(self) -> list[Office]:
        return [o for o in self.by_code.values() if o.category in VILLAGE_LEVEL]

    @property
    def departments(self) -> dict[str, Office]:
        """By short name."""
        return {o.label: o for o in self.by_code.values() if o.category is UnitCategory.DEPARTMENT}


def office_of(unit: Unit, above: Office | None) -> Office:
    office = Office(unit.id, unit.code, unit.label, UnitCategory(unit.category), above)
    if above is not None:
        above.below.append(office)
    return office
