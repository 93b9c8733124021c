"""What may be put into a bulletin, for the list beside the editor.."""

from dataclasses import dataclass
from itertools import groupby

from indicators.bulletin_charts import CHARTS
from indicators.bulletin_tables import TABLES
from indicators.catalogue import CATALOGUE
from rules.bulletin_text import Aspect, ChartToken, FigureToken, TableToken, Word, WordToken

_SAYS = {
    Word.PERIOD: "本通报的统计期间",
    Word.UNIT: "本通报的统计单位",
    Word.CUT_OFF: "统计截止日期",
    Word.YEAR_BEFORE: "与本期对照的上年期间",
    Word.PREVIOUS: "与本期对照的上一期间",
}


@dataclass(frozen=True)
class Insertable:
    """`token` is what is put into the text; figures have one more for each `Aspect`, as (label, token)."""

    name: str
    token: str
    says: str
    measure: str = ""
    aspects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Picker:
    words: tuple[Insertable, ...]
    figures: tuple[tuple[str, tuple[Insertable, ...]], ...]
    """(group of the catalogue, its figures)."""
    tables: tuple[Insertable, ...]
    charts: tuple[Insertable, ...]


def insertables() -> Picker:
    """In the order of the catalogue. A figure of one unit below is written 〔单位简称·指标名称〕."""
    groups = groupby(CATALOGUE, lambda i: i.group)
    return Picker(
        words=tuple(Insertable(w.label, str(WordToken(w)), _SAYS[w]) for w in Word),
        figures=tuple(
            (group, tuple(_figure(i.name, i.says, i.measure) for i in members)) for group, members in groups
        ),
        tables=tuple(Insertable(t.name, str(TableToken(t.name)), t.says) for t in TABLES),
        charts=tuple(Insertable(c.name, str(ChartToken(c.name)), c.says) for c in CHARTS),
    )


def _figure(name: str, says: str, measure: str) -> Insertable:
    aspects = tuple((a.label, str(FigureToken(name, a))) for a in Aspect if a is not Aspect.VALUE)
    return Insertable(name, str(FigureToken(name)), says, measure, aspects)
