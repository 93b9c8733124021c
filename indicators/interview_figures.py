"""约谈单位、约谈人次: units and officials that were spoken to about how they handled matters."""

from indicators.definition import Different, Indicator, Sum, Tally
from indicators.source import INTERVIEWS
from models.interview import Interview

INTERVIEW_FIGURES: tuple[Indicator, ...] = (
    Different(
        code="interviewed_units",
        name="约谈单位",
        group="约谈",
        column="单位",
        measure="个",
        says="期间内被约谈的单位，一个单位约谈几次计一个；安排在截止日之后的不计。",
        tally=Tally(INTERVIEWS, different=Interview.unit_id),
    ),
    Sum(
        code="interviewed_persons",
        name="约谈人次",
        group="约谈",
        column="人次",
        measure="人次",
        says="约谈登记中的约谈人数合计；安排在截止日之后的不计。",
        tally=Tally(INTERVIEWS, adds=Interview.persons),
    ),
)
