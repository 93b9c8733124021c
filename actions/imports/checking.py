"""Checking a whole sheet before anything is written: all errors of all rows at once. Reads only."""

from sqlalchemy.orm import Session

from actions.imports.kind import CheckedSheet, Content, Importer, SheetKind
from rules.sheet_spec import SheetSpec
from rules.sheets.cells import is_blank
from rules.sheets.findings import Findings, RowCells

PREVIEW_ROWS, PREVIEW_UPDATES = 20, 200
MOST_UPDATES = 1_000
"""They are written in the one transaction in which the batch begins to count: nobody else may write meanwhile."""
TOO_MANY_UPDATES = f"这张表要更新 {{number}} 件已有登记，一次最多更新 {MOST_UPDATES} 件，请分成几张表。"
HEADING_ROW = 1


def check_sheet(session: Session, kind: SheetKind, content: Content, importer: Importer) -> CheckedSheet:
    """Outside any transaction that writes."""
    findings = Findings(
        content.sheet_name, {h.strip(): i for i, h in enumerate(content.headings) if h.strip()}
    )
    _check_headings(kind.spec, content, findings)
    if findings.count:
        return CheckedSheet(kind.spec.kind, 0, 0, [], findings)
    checker = kind.checker(session, importer)
    rows = []
    count = 0
    starred = frozenset(kind.spec.required_headings)
    for number, values in enumerate(content.rows, start=content.first_row_number):
        if all(is_blank(value) for value in values):
            continue
        count += 1
        row = checker.read(RowCells(number, values, findings, starred))
        if row is not None:
            rows.append(row)
    if count == 0:
        findings.add(content.first_row_number, "", "表里没有内容，请从标题下一行起填写。")
    new = checker.new_rows(rows, findings)
    updates = list(getattr(checker, "updates", ()))
    if len(updates) > MOST_UPDATES:
        findings.add(HEADING_ROW, "", TOO_MANY_UPDATES.format(number=len(updates)))
    findings.kept.sort(key=lambda e: (e.row, len(e.column), e.column))
    preview = [] if findings.count else [checker.shown(row) for row in new[:PREVIEW_ROWS]]
    return CheckedSheet(
        kind.spec.kind,
        count,
        len(rows) - len(new) - len(updates),
        new,
        findings,
        preview,
        updates,
        [] if findings.count else [update.shown() for update in updates[:PREVIEW_UPDATES]],
    )


def _check_headings(spec: SheetSpec, content: Content, findings: Findings) -> None:
    seen: set[str] = set()
    for place, heading in enumerate(h.strip() for h in content.headings):
        if heading in seen:
            findings.add(HEADING_ROW, heading, f"标题“{heading}”出现了两次。", place)
        elif heading and heading not in spec.headings:
            findings.add(
                HEADING_ROW,
                heading,
                f"没有“{heading[:40]}”这一列；可用的标题：{'、'.join(spec.headings)}。",
                place,
            )
        seen.add(heading)
    for heading in spec.required_headings:
        if heading not in seen:
            findings.add(HEADING_ROW, heading, f"缺少必填的“{heading}”列。")
