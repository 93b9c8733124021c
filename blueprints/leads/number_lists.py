"""The numbers that a form names: pasted, or in a column of a sheet."""

from collections.abc import Sequence
from typing import Any

from blueprints.leads.campaign_forms import NumbersForm
from documents.read_workbook import read_sheet
from documents.workbook_package import WorkbookRefused
from extensions import db
from rules.campaign_rules import checked_numbers, numbers_in
from rules.errors import RuleViolation
from rules.sheets.cells import text_of
from web.import_files import drop_upload, store_upload, upload_path

HEADINGS = ("省系统编号", "编号", "信访件编号", "信访事项编号")
MOST_ROWS, MOST_COLUMNS = 5_000, 60


def numbers_of(form: NumbersForm) -> list[str]:
    """Raises RuleViolation on `numbers` or `file`."""
    upload = form.file.data
    if upload and upload.filename:
        return checked_numbers(_in_sheet(upload))
    return numbers_in(form.numbers.data or "")


def _in_sheet(upload: Any) -> list[str]:
    """The file is not kept."""
    kept = store_upload(upload.stream, upload.filename)
    db.session.rollback()  # nothing stays open while a sheet is read
    try:
        content = read_sheet(upload_path(kept.stored_name), max_rows=MOST_ROWS, max_columns=MOST_COLUMNS)
    except WorkbookRefused as refused:
        raise RuleViolation(str(refused), "file") from refused
    finally:
        drop_upload(kept.stored_name)
    place = _column(content.headings)
    return [text for row in content.rows if (text := text_of(row[place]))]


def _column(headings: Sequence[str]) -> int:
    found = [headings.index(name) for name in HEADINGS if name in headings]
    if not found:
        raise RuleViolation(f"表里要有一列“{'”或“'.join(HEADINGS[:2])}”。", "file")
    return found[0]
