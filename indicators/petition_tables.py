"""Tables of a bulletin about 信访事项: the units' own rates, best first, and the campaigns.

A place goes by a rate of what a unit did in time; how many petitions a unit has decides no place (条例第三十九条).
"""

from collections.abc import Sequence

from indicators.bulletin_material import Material, Need, TableKind
from indicators.bulletin_numbers import UnitBelow
from indicators.catalogue import BY_CODE
from indicators.definition import Indicator
from indicators.table import Figure
from indicators.unit_tables import unit_table_kind, unsealed_note, value_cell
from indicators.written_text import Passage, WrittenTable
from rules.figures import NO_FIGURE, count_text
from rules.standings import FEWEST_RANKED, standings

PLACES = f"不足{FEWEST_RANKED}件的不排位次，比率相同的位次并列；没有到期事项的单位未列出。"


def _ranking_kind(name: str, code: str, due: str, met: str) -> TableKind:
    """`due` and `met` head the denominator and the numerator."""
    indicator = BY_CODE[code]

    def make(material: Material, number: int) -> WrittenTable:
        rows = tuple(_ranked_row(*ranked) for ranked in _ranked(material, indicator))
        columns = ("单位", due, met, indicator.name, "位次")
        note = f"{indicator.name}：{indicator.says}{PLACES}{unsealed_note(material)}"
        return WrittenTable(number, name, name, columns, rows, note)

    says = f"直属下级单位（含所辖）{due}、{met}、{indicator.name}和位次；只按比率排位次，不按件数"
    return TableKind(name=name, says=says, needs=frozenset({Need.UNITS}), indicators=(indicator,), make=make)


def _ranked(material: Material, indicator: Indicator) -> list[tuple[UnitBelow, Figure, int | None]]:
    """Best first, equal ones in the order of the tree, those without a place last; without anything due, left out."""
    figures = [(unit, material.numbers.table(unit=unit)[indicator.code]) for unit in material.numbers.below]
    owing = [(unit, figure) for unit, figure in figures if fraction_of(figure)[1]]
    places = standings([fraction_of(figure) for _, figure in owing])
    both = [(unit, figure, place) for (unit, figure), place in zip(owing, places, strict=True)]
    return sorted(both, key=lambda row: (row[2] is None, row[2] or 0))


def fraction_of(figure: Figure) -> tuple[int, int]:
    """(numerator, denominator)"""
    return figure.fraction or (0, 0)


def _ranked_row(unit: UnitBelow, figure: Figure, place: int | None) -> tuple[Passage, ...]:
    met, due = fraction_of(figure)
    listed = figure.records if unit.id is not None else None
    return (
        Passage(unit.label),
        Passage(count_text(due), name=figure.name, records=listed),
        Passage(count_text(met), name=figure.name),
        value_cell(figure, unit.label, listed=unit.id is not None),
        Passage(NO_FIGURE if place is None else str(place), name=f"{figure.name}位次"),
    )


def _campaigns(material: Material, number: int) -> WrittenTable:
    rows = tuple(
        (Passage(row.campaign), *_campaign_cells(row.campaign, row.figures)) for row in material.campaigns
    )
    columns = ("交办批次", "交办件数", "办结件数", "办结率")
    note = ("" if rows else "本期没有交办积案。") + unsealed_note(material)
    return WrittenTable(number, "交办积案", "交办积案办理情况", columns, rows, note)


def _campaign_cells(campaign: str, figures: Sequence[Figure]) -> list[Passage]:
    return [Passage(f.text, name=campaign, records=f.records) for f in figures]


PETITION_TABLES: tuple[TableKind, ...] = (
    unit_table_kind(
        "各单位办理时效",
        "各单位信访事项办理时效情况",
        *("dispatch_on_time", "acceptance_on_time", "acceptance_on_time_statute", "reply_on_time"),
    ),
    _ranking_kind("及时受理率位次", "acceptance_on_time", "应受理件数", "及时受理件数"),
    _ranking_kind("按期答复率位次", "reply_on_time", "应答复件数", "按期答复件数"),
    unit_table_kind("各单位群众评价", "各单位群众评价情况", "unit_rating", "unit_satisfaction"),
    TableKind(
        name="交办积案",
        says="各交办批次的交办、办结件数和办结率",
        needs=frozenset({Need.CAMPAIGNS}),
        make=_campaigns,
    ),
)
