"""The tables that a bulletin may hold, by name.

Units stand in the order of the tree. Tables that give them places (村级接访开展率, 及时受理率, 按期答复率) go by a rate of
their own work; there is none by how many people came or wrote. 内容分类 says what people complain about, so its small lines are withheld
(`rules.small_cells`); figures of the offices' own work are printed as they are.
"""

from collections.abc import Sequence

from indicators.breakdown import Share, ShareTable
from indicators.bulletin_material import Material, Need, TableKind
from indicators.bulletin_numbers import BulletinNumbers, UnitBelow
from indicators.catalogue import BY_CODE, CATALOGUE
from indicators.definition import Indicator
from indicators.petition_tables import PETITION_TABLES
from indicators.schedule_table import SCHEDULE_TABLE
from indicators.source import VISITS
from indicators.table import Figure, FigureTable, Records, records_of
from indicators.unit_tables import UNLISTED, UNSEALED, unit_row, unit_table_kind, unsealed_note, value_cell
from indicators.written_text import Passage, WrittenTable
from rules.bulletin_text import Aspect
from rules.figures import NO_FIGURE, rate, rate_text
from rules.periods import Compare
from rules.small_cells import SMALL_TEXT, SMALLEST_PRINTED, WITHHELD_TEXT, Printed, printed_cells
from rules.standings import FEWEST_RANKED, standings

DUE, HELD = BY_CODE["village_sessions_due"], BY_CODE["village_sessions_held"]


def in_group(*groups: str) -> tuple[Indicator, ...]:
    return tuple(i for i in CATALOGUE if i.group in groups)


def _overview(material: Material, number: int) -> WrittenTable:
    """Where the period just before is the year before as well, it stands there once."""
    numbers = material.numbers
    compares = compared_with(numbers)
    columns = ["指标", "本期"]
    for compare in compares:
        columns += ["上年同期" if compare is Compare.YOY else "上期", compare.label]
    tables = [numbers.table(compare) for compare in compares]
    shown = (i for i in numbers.indicators if i.exists_in(numbers.scope))
    rows = (_overview_row(i, tables, compares) for i in shown)
    return WrittenTable(number, "指标一览", "主要指标情况", tuple(columns), tuple(rows))


def compared_with(numbers: BulletinNumbers) -> list[Compare]:
    scope = numbers.scope
    same = scope.period.previous() == scope.period.year_before()
    return [Compare.YOY] if same else [Compare.YOY, Compare.MOM]


def _overview_row(
    indicator: Indicator, tables: Sequence[FigureTable], compares: Sequence[Compare]
) -> tuple[Passage, ...]:
    cells = [Passage(f"{indicator.name}（{indicator.measure}）"), value_cell(tables[0][indicator.code])]
    for table, compare in zip(tables, compares, strict=True):
        cells += _compared_cells(table, table[indicator.code], compare)
    return tuple(cells)


def _compared_cells(table: FigureTable, figure: Figure, compare: Compare) -> tuple[Passage, Passage]:
    earlier, change = (
        (Aspect.YEAR_BEFORE, Aspect.YOY) if compare is Compare.YOY else (Aspect.PREVIOUS, Aspect.MOM)
    )
    return (
        Passage(
            figure.previous_text or NO_FIGURE,
            figure.code,
            figure.name,
            earlier.value,
            records=records_before(table, figure),
        ),
        Passage(figure.change_text or NO_FIGURE, figure.code, figure.name, change.value),
    )


def records_before(table: FigureTable, figure: Figure) -> Records | None:
    return records_of(figure.indicator, table.before, table.scope.unit_id) if table.before else None


def instead_of_rows(table: WrittenTable) -> str:
    """What is said where a table would have a heading and no line."""
    said = table.note.removesuffix(UNSEALED).removeprefix(UNLISTED)
    explains = not said or "：" in said
    return f"{table.caption}：本期没有可列的数字。" if explains else said


def _held_rates(material: Material, number: int) -> WrittenTable:
    """Best first, equal ones in the order of the tree, those without a place last. A session held besides those
    due does not make up for one that was not held elsewhere, nor lift a unit above 100%."""
    owing = sessions_of_units(material)
    places = standings([(min(held, due), due) for _, due, held in owing])
    ordered = sorted(zip(owing, places, strict=True), key=lambda row: (row[1] is None, row[1] or 0))
    rows = tuple(_rate_row(material.numbers, unit, due, held, place) for (unit, due, held), place in ordered)
    note = f"开展率=实开÷应开，最高计100%；应开不足{FEWEST_RANKED}场的不排位次；开展率相同的位次并列。"
    columns = ("单位", "应开场次", "实开场次", "开展率", "位次")
    return WrittenTable(number, "村级接访开展率", "村级接访开展情况", columns, rows, note)


def sessions_of_units(material: Material) -> list[tuple[UnitBelow, int, int]]:
    """(unit, sessions due, sessions held) of every unit below that owes any."""
    found = [
        (u, int(DUE.value(u.numbers[None]) or 0), int(HELD.value(u.numbers[None]) or 0))
        for u in material.numbers.below
    ]
    return [row for row in found if row[1]]


def held_rate_text(due: int, held: int) -> str:
    return rate_text(rate(min(held, due), due))


def _rate_row(
    numbers: BulletinNumbers, unit: UnitBelow, due: int, held: int, place: int | None
) -> tuple[Passage, ...]:
    return (
        *unit_row(numbers, unit, (DUE, HELD)),
        Passage(held_rate_text(due, held), name="村级接访开展率"),
        Passage(NO_FIGURE if place is None else str(place), name="村级接访开展率位次"),
    )


FEW = f"来访批次较少，不列分类。不足{SMALLEST_PRINTED}批的分类不予公开。"
SOME = f"不足{SMALLEST_PRINTED}批的分类印“{SMALL_TEXT}”；为防推算，部分分类印“{WITHHELD_TEXT}”。占比为占来访批次的比例。"


def _share_row(share: Share) -> tuple[Passage, ...]:
    texts = (share.batches_text, share.persons_text, share.share_text)
    return (Passage(share.label), *(Passage(t, name=share.label, records=share.records) for t in texts))


def _share_table(key: str, name: str, caption: str, says: str) -> TableKind:
    """Printed lines in their own order; the others after them by name, for their order would tell them apart."""

    def make(material: Material, number: int) -> WrittenTable:
        printed, others = printed_shares(material.shares[key])
        rows = [_share_row(share) for share in printed]
        rows += [
            (Passage(label), Passage(text), *[Passage(WITHHELD_TEXT)] * 2)
            for label, text in others
            if printed
        ]
        notes = [(SOME if printed else FEW) if others else "", unsealed_note(material)]
        return WrittenTable(
            number, name, caption, (name, "批次", "人次", "占比"), tuple(rows), "".join(notes)
        )

    return TableKind(name=name, says=says, needs=frozenset({Need.SHARES}), make=make)


def printed_shares(shares: ShareTable) -> tuple[list[Share], list[tuple[str, str]]]:
    """Lines that may be printed, and (label, <3 or —) of those that may not."""
    signs = printed_cells([share.batches for share in shares.rows])
    both = list(zip(shares.rows, signs, strict=True))
    others = [
        (s.label, SMALL_TEXT if p is Printed.SMALL else WITHHELD_TEXT)
        for s, p in both
        if p is not Printed.PLAIN
    ]
    return [s for s, p in both if p is Printed.PLAIN], sorted(others)


def _trend(material: Material, number: int) -> WrittenTable:
    points = material.series.points if material.series else ()
    rows = tuple(
        (Passage(p.label), _listed(p.batches_text, p.records), _listed(p.persons_text, p.records))
        for p in points
    )
    return WrittenTable(
        number, "接待来访趋势", "接待来访趋势", ("时间", "批次", "人次"), rows, unsealed_note(material)
    )


def _listed(text: str, records: Records) -> Passage:
    return Passage(text, name=VISITS.label, records=records)


TABLES: tuple[TableKind, ...] = (
    TableKind(
        name="指标一览",
        says="目录中全部指标的本期数、上年同期数、上期数和变化",
        needs=frozenset({Need.YOY, Need.MOM}),
        indicators=CATALOGUE,
        make=_overview,
    ),
    unit_table_kind(
        "各单位情况",
        "各单位接访情况",
        "reception_batches",
        "reception_persons",
        "village_sessions_due",
        "village_sessions_held",
        "leader_receptions",
    ),
    unit_table_kind(
        "各单位接待来访", "各单位接待来访情况", *(i.code for i in in_group("接待来访", "集体访", "重访"))
    ),
    unit_table_kind(
        "各单位村级接访",
        "各单位村级接访情况",
        "village_sessions_due",
        "village_sessions_held",
        "village_batches",
        "village_solved_batches",
        "village_committed_batches",
        "village_escalated_batches",
    ),
    unit_table_kind("各单位领导接访", "各单位领导接访情况", *(i.code for i in in_group("领导接访"))),
    unit_table_kind("各单位联席会议", "各单位联席会议召开情况", "meetings_township", "meetings_township_due"),
    unit_table_kind(
        "各单位值班信息", "各单位值班信息和工作指令办理情况", *(i.code for i in in_group("值班信息"))
    ),
    unit_table_kind(
        "各单位督办落实", "各单位督办和议定事项落实情况", *(i.code for i in in_group("督办", "议定事项"))
    ),
    TableKind(
        name="村级接访开展率",
        says="直属下级单位（含所辖）村级接访应开、实开、开展率和位次；只按开展率排位次",
        needs=frozenset({Need.UNITS}),
        indicators=(DUE, HELD),
        make=_held_rates,
    ),
    *PETITION_TABLES,
    _share_table(
        "category",
        "内容分类",
        "来访内容分类情况",
        f"来访内容一级分类的批次、人次、占比；不足{SMALLEST_PRINTED}批的不印数",
    ),
    _share_table("outcome", "处理结果", "来访事项处理结果", "来访处理结果的批次、人次、占比"),
    _share_table("type", "接访类型", "接访类型情况", "接访类型的批次、人次、占比"),
    _share_table("kind", "初重访", "初访、重访情况", "初访、重访的批次、人次、占比"),
    TableKind(
        name="接待来访趋势",
        says="按月、按周或按日的来访批次、人次",
        needs=frozenset({Need.SERIES}),
        make=_trend,
    ),
    SCHEDULE_TABLE,
)
TABLE_BY_NAME = {table.name: table for table in TABLES}
