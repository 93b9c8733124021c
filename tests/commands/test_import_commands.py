"""`flask --app app imports run` and `imports template`."""

import json

import pytest
from openpyxl import load_workbook

from models.audit_entry import AuditEntry
from models.import_batch import ImportBatch
from models.staff import Account
from models.visit import Visit
from tests import factories
from tests.sheets import ACCOUNT, SESSION, VISIT, workbook_at


@pytest.fixture
def run(site):
    return lambda *words: site.test_cli_runner().invoke(args=["imports", *map(str, words)])


def count(model):
    with factories.plain_session() as session:
        return session.query(model).count()


def test_a_sheet_is_imported_and_the_same_one_again_changes_nothing(site, run, tmp_path):
    file = workbook_at(tmp_path / "v.xlsx", "visits", [VISIT, VISIT | {"来访人姓名": "李四"}])
    first = run("run", "visits", file, "--json")
    assert (first.exit_code, json.loads(first.stdout)) == (
        0, {"kind": "visits", "rows": 2, "new": 2, "updated": 0, "known": 0, "errors": [], "batch": 1},
    )  # fmt: skip
    with site.app_context():
        entries = count(AuditEntry)
        again = run("run", "visits", file, "--json")
        assert json.loads(again.stdout) == {
            "kind": "visits",
            "rows": 2,
            "new": 0,
            "updated": 0,
            "known": 2,
            "errors": [],
            "batch": None,
        }
        assert (count(Visit), count(ImportBatch), count(AuditEntry)) == (2, 1, entries)


def test_a_dry_run_changes_nothing(site, run, tmp_path):
    file = workbook_at(tmp_path / "v.xlsx", "visits", [VISIT])
    result = run("run", "visits", file, "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "来访登记：共 1 行，将导入 1 行，已有 0 行。\n")
    with site.app_context():
        assert (count(Visit), count(ImportBatch), count(AuditEntry)) == (0, 0, 0)


def test_errors_name_sheet_row_and_column_and_nothing_is_imported(site, run, tmp_path):
    file = workbook_at(
        tmp_path / "s.xlsx", "village-sessions", [SESSION, SESSION | {"日期": "2026-07-08", "批次": 9}]
    )
    plain = run("run", "village-sessions", file)
    assert plain.exit_code == 1
    assert "工作表“村级接访”第 3 行 E 列「批次」：" in plain.stderr
    assert "处错误，一行也没有导入。" in plain.stderr
    as_json = run("run", "village-sessions", file, "--json")
    said = json.loads(as_json.stdout)
    assert as_json.exit_code == 1
    assert {k: said["errors"][0][k] for k in ("sheet", "row", "column", "heading")} == {
        "sheet": "村级接访", "row": 3, "column": "E", "heading": "批次",
    }  # fmt: skip
    with site.app_context():
        assert count(ImportBatch) == 0


def test_a_file_that_is_no_workbook_is_refused_in_one_line(run, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"not a workbook")
    result = run("run", "visits", file)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_accounts_get_their_role_and_a_sheet_of_one_time_passwords(site, run, tmp_path):
    result = run("run", "staff", workbook_at(tmp_path / "a.xlsx", "staff", [ACCOUNT]))
    path = result.stdout.partition("一次性口令写在 ")[2].partition("，")[0]
    sheet = load_workbook(path).active
    assert [cell.value for cell in sheet[3]][:2] == ["gao", "高远"]
    with site.app_context(), factories.plain_session() as session:
        assert session.query(Account).filter_by(username="gao").one().role == "clerk"


@pytest.mark.parametrize(
    "kind",
    [
        "visits",
        "village-sessions",
        "leader-receptions",
        "meetings",
        "duty-messages",
        "organisations",
        "staff",
    ],
)
def test_a_blank_sheet_is_written_and_itself_refused_as_empty(run, tmp_path, kind):
    out = tmp_path / f"{kind}.xlsx"
    assert run("template", kind, out).exit_code == 0
    assert load_workbook(out).worksheets[0]["A1"].value
    result = run("run", kind, out)
    assert (result.exit_code, "表里没有内容" in result.stderr) == (1, True)
