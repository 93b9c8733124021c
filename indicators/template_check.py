"""What is wrong with the text of an office's own template, whichever of its units and periods it will be used for."""

from sqlalchemy.orm import Session

from indicators.bulletin_charts import CHART_BY_NAME
from indicators.bulletin_tables import TABLE_BY_NAME
from indicators.quoting import BY_NAME
from models.organisation import Unit
from queries.scope import visible_units
from rules.bulletin_names import Vocabulary, name_problems
from rules.bulletin_text import FigureToken, ParsedText, TextProblem, parse
from rules.roles import Actor


def template_problems(session: Session, actor: Actor, source: str) -> tuple[TextProblem, ...]:
    """By line. At most one statement, where units are named: any that the actor may look at is known here; whether it
    stands below the bulletin's unit is asked when one is drafted."""
    parsed = parse(source)
    known = Vocabulary(
        tuple(BY_NAME), _units(session, actor, parsed), tuple(TABLE_BY_NAME), tuple(CHART_BY_NAME)
    )
    found = [*parsed.problems, *name_problems(parsed, known)]
    return tuple(sorted(found, key=lambda problem: problem.line))


def _units(session: Session, actor: Actor, parsed: ParsedText) -> tuple[str, ...]:
    if not any(isinstance(token, FigureToken) and token.unit for _, token in parsed.tokens):
        return ()
    rows = session.execute(visible_units(actor).with_only_columns(Unit.short_name, Unit.name))
    labels = [(short or name, name) for short, name in rows]
    return tuple(dict.fromkeys(known for label, name in labels for known in (label, name, f"{label}本级")))
