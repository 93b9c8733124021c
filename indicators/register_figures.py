"""信息稿件: what organs at the provincial level or above took up, by the unit that reported it."""

from sqlalchemy import ColumnElement

from indicators.definition import Count, Indicator, Tally
from indicators.scope import FigureScope
from indicators.source import PUBLICATIONS
from models.office_register import Publication
from rules.register_words import PublicationLevel


def is_provincial(_scope: FigureScope) -> ColumnElement[bool]:
    return Publication.level == PublicationLevel.PROVINCE.value


REGISTER_FIGURES: tuple[Indicator, ...] = (
    Count(
        code="publications_province",
        name="省级以上信息稿件",
        group="信息稿件",
        column="省级以上",
        measure="篇",
        says="登记的信息稿件中级别为省级以上的，按日期；按报送单位计。",
        formula="日期在期间内、级别为省级以上的篇数",
        excludes="作废的登记。",
        tally=Tally(PUBLICATIONS, is_provincial, records={"level": PublicationLevel.PROVINCE.value}),
    ),
)
