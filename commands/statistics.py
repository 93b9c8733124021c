"""`flask --app app statistics export`: every indicator of the catalogue for one unit and period."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from commands.console import refuse
from documents.figure_sheets import figure_workbook
from extensions import db
from indicators.report import figure_report
from indicators.scope import FigureScope, figure_scope
from indicators.table import as_json, figure_table
from models.organisation import Unit
from queries.organisation import root_unit, unit_by_code
from rules.errors import RuleViolation
from rules.periods import Compare, parse_period
from web import clock

statistics_commands = AppGroup("statistics", help="统计")


@statistics_commands.command("export")
@click.option(
    "--period", "period_text", required=True, help="期间，如 2021、2021H1、2021Q3、2021-07、2021-W30"
)
@click.option("--unit", "unit_code", default="", help="机构代码；不填为全县")
@click.option(
    "--compare", type=click.Choice([c.value for c in Compare]), help="yoy 同比，mom 环比；不填不比较"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "xlsx"]),
    default="json",
    show_default=True,
    help="输出格式",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；不填写到标准输出")
def export(period_text: str, unit_code: str, compare: str | None, form: str, output: Path | None) -> None:
    """导出一个期间、一个单位（含下级）的全部指标。不比较时 previous、change_text 为 null。"""
    scope = _scope(period_text, unit_code)
    content = _content(scope, Compare(compare) if compare else None, form)
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        refuse(f"写不了文件 {output}：{error.strerror}")


def _scope(period_text: str, unit_code: str) -> FigureScope:
    try:
        period = parse_period(period_text)
    except RuleViolation as violation:
        refuse(violation.message)
    unit = unit_by_code(db.session(), unit_code) if unit_code else root_unit(db.session())
    _require_in_tree(unit, unit_code)
    return figure_scope(db.session(), unit, period, clock.today())


def _require_in_tree(unit: Unit | None, unit_code: str) -> None:
    if unit is None:
        refuse(f"没有代码为 {unit_code} 的机构。" if unit_code else "这个站点还没有机构。")
    if not unit.path:
        refuse(f"{unit.label}是外部单位，没有本系统的统计。")


def _content(scope: FigureScope, compare: Compare | None, form: str) -> bytes:
    if form == "xlsx":
        return figure_workbook(figure_report(db.session(), scope, compare))
    table = figure_table(db.session(), scope, compare)
    return (json.dumps(as_json(table), ensure_ascii=False, indent=2) + "\n").encode()
