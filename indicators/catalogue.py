"""Every indicator, in the order of the reports. A new one is a new row here; `docs/indicators.md` follows."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from indicators.campaigns import ALL_CAMPAIGNS, campaign_figure, campaign_figures, campaigns_of
from indicators.definition import Count, Indicator, Quota, Slots, Sum, Tally
from indicators.due import village_sessions_due
from indicators.duty_figures import DUTY_FIGURES
from indicators.interview_figures import INTERVIEW_FIGURES
from indicators.meeting_figures import MEETING_FIGURES
from indicators.petition_figures import PETITION_FIGURES
from indicators.register_figures import REGISTER_FIGURES
from indicators.scope import FigureScope
from indicators.source import LEADER_RECEPTIONS, VILLAGE_SESSIONS, VISITS
from indicators.supervision_figures import SUPERVISION_FIGURES
from models.leader_reception import LeaderReception
from models.village_session import VillageSession
from models.visit import Visit
from rules.taxonomy import Outcome, VisitKind

GROUP = {"group": "1"}
REPEAT = {"kind": VisitKind.REPEAT.value}
WITH_VISITORS = {"visitors": "1"}


def is_group(scope: FigureScope) -> ColumnElement[bool]:
    return Visit.persons >= scope.group_threshold


def is_repeat(_scope: FigureScope) -> ColumnElement[bool]:
    return Visit.visit_kind == VisitKind.REPEAT.value


ALL_VISITS = Tally(VISITS)
ALL_VISIT_PERSONS = Tally(VISITS, adds=Visit.persons)

_VISITS: tuple[Indicator, ...] = (
    Count(
        code="reception_batches",
        name="接待来访批次",
        group="接待来访",
        column="批次",
        measure="批",
        says="本单位及下级登记的来访，一批人、一件事、一天、一处为一批；每来一次计一批。",
        tally=ALL_VISITS,
    ),
    Sum(
        code="reception_persons",
        name="接待来访人次",
        group="接待来访",
        column="人次",
        measure="人次",
        says="上述来访的来访人数合计；同一人每来一次计一次。",
        tally=ALL_VISIT_PERSONS,
    ),
    Count(
        code="reception_group_batches",
        name="集体访批次",
        group="集体访",
        column="批次",
        measure="批",
        says="来访人数达到集体访起点（默认 5 人及以上，以期末办公室规则为准）的来访。",
        tally=Tally(VISITS, is_group, records=GROUP),
    ),
    Sum(
        code="reception_group_persons",
        name="集体访人次",
        group="集体访",
        column="人次",
        measure="人次",
        says="集体访的来访人数合计。",
        tally=Tally(VISITS, is_group, adds=Visit.persons, records=GROUP),
    ),
    Count(
        code="reception_repeat_batches",
        name="重访批次",
        group="重访",
        column="批次",
        measure="批",
        says="登记为重访的来访；初访、重访看事项，不看人。",
        tally=Tally(VISITS, is_repeat, records=REPEAT),
    ),
)

_SESSIONS: tuple[Indicator, ...] = (
    Quota(
        code="village_sessions_due",
        name="村级接访应开场次",
        group="村级接访",
        column="应开",
        measure="场",
        says="每个存续的村、社区在期间内每个接访日（星期三）应开一场；截止日之后的不计。",
        of_villages=True,
        slots=Slots(village_sessions_due, records="village_period", of_period=True),
        filled_by="village_sessions_held",
    ),
    Count(
        code="village_sessions_held",
        name="村级接访实开场次",
        group="村级接访",
        column="实开",
        measure="场",
        says="登记的村级接访，四种方式（有访接访、无访说案、无案说事、无事排查）都计。",
        of_villages=True,
        tally=Tally(VILLAGE_SESSIONS),
    ),
    Sum(
        code="village_batches",
        name="村级接访批次",
        group="村级接访",
        column="批次",
        measure="批",
        says="村级接访登记表中的接访批次合计。",
        of_villages=True,
        tally=Tally(VILLAGE_SESSIONS, adds=VillageSession.batches, records=WITH_VISITORS),
    ),
    Sum(
        code="village_persons",
        name="村级接访人次",
        group="村级接访",
        column="人次",
        measure="人次",
        says="村级接访登记表中的接访人次合计。",
        of_villages=True,
        tally=Tally(VILLAGE_SESSIONS, adds=VillageSession.persons, records=WITH_VISITORS),
    ),
)


def _disposed(outcome: Outcome) -> tuple[Indicator, ...]:
    """批次 and 人次 of one 去向; the three add up to the whole."""
    return tuple(
        Sum(
            code=f"village_{outcome.value}_{what}",
            name=f"村级接访{outcome.label}{word}",
            group=outcome.label,
            column=word,
            measure=measure,
            says=f"村级接访中{outcome.label}的{word}；现场解决、限期化解、梳理上报三项之和等于接访{word}。",
            of_villages=True,
            tally=Tally(
                VILLAGE_SESSIONS,
                adds=getattr(VillageSession, f"{outcome.value}_{what}"),
                records=WITH_VISITORS,
            ),
        )
        for what, word, measure in (("batches", "批次", "批"), ("persons", "人次", "人次"))
    )


_LEADERS: tuple[Indicator, ...] = (
    Count(
        code="leader_receptions",
        name="领导接访人次",
        group="领导接访",
        column="人次",
        measure="人次",
        says="登记的领导接访：一位领导接访一次计一人次。",
        tally=Tally(LEADER_RECEPTIONS),
    ),
    Sum(
        code="leader_solved",
        name="领导接访解决件数",
        group="领导接访",
        column="解决",
        measure="件",
        says="领导接访登记中的解决件数合计。",
        tally=Tally(LEADER_RECEPTIONS, adds=LeaderReception.solved),
    ),
)

CATALOGUE: tuple[Indicator, ...] = (
    *_VISITS,
    *PETITION_FIGURES,
    *_SESSIONS,
    *_disposed(Outcome.SOLVED),
    *_disposed(Outcome.COMMITTED),
    *_disposed(Outcome.ESCALATED),
    *_LEADERS,
    *MEETING_FIGURES,
    *DUTY_FIGURES,
    *SUPERVISION_FIGURES,
    *INTERVIEW_FIGURES,
    *ALL_CAMPAIGNS,
    *REGISTER_FIGURES,
)
BY_CODE = {indicator.code: indicator for indicator in CATALOGUE}


def indicator_of(code: str) -> Indicator:
    """One of the catalogue, or of a single campaign. Raises KeyError."""
    return BY_CODE.get(code) or campaign_figure(code) or BY_CODE[code]


def catalogue_of(session: Session, scope: FigureScope) -> tuple[Indicator, ...]:
    """The catalogue, and each campaign of the period alone after all of them together; one statement."""
    alone = (i for name in campaigns_of(session, scope) for i in campaign_figures(name))
    return (*CATALOGUE, *alone)
