"""`flask audit verify` and `audit anchor`, and the file of anchors."""

from pathlib import Path

from sqlalchemy import text

from actions import audit
from extensions import db
from tests.people import NOW, SYSTEM
from web.audit_anchor import ANCHOR_FILE, write_anchor
from web.unit_of_work import writing


def write_entries(app, count):
    with app.app_context(), writing() as session:
        for number in range(count):
            audit.record(session, actor=SYSTEM, now=NOW, action="visit.register", subject=("visit", number))


def run(app, *command):
    anchors = Path(app.config["INSTANCE_DIR"]) / ANCHOR_FILE
    return app.test_cli_runner().invoke(args=["audit", *command]), anchors


def fresh(app):
    (Path(app.config["INSTANCE_DIR"]) / ANCHOR_FILE).unlink(missing_ok=True)
    return app


def test_a_whole_chain_ends_0_and_is_anchored(both):
    write_entries(fresh(both), 3)
    result, anchors = run(both, "verify")
    assert (result.exit_code, result.output) == (0, "审计链完整：3 条，尚无外部锚点可对照\n")
    assert anchors.stat().st_mode & 0o777 == 0o600
    write_entries(both, 1)
    result, _ = run(both, "verify")
    assert result.output == "审计链完整：4 条，与 1 个外部锚点一致\n"
    assert len(anchors.read_text().splitlines()) == 2


def test_a_tail_cut_off_after_the_anchor_ends_1_and_is_named(both):
    write_entries(fresh(both), 3)
    run(both, "anchor")
    with both.app_context(), db.engine.begin() as connection:
        if both.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"))
        connection.execute(text("DELETE FROM audit_entry WHERE id = 3"))
    result, _ = run(both, "verify")
    assert result.exit_code == 1
    assert result.stderr == (
        "审计链断裂：第 3 条，外部锚点记有 3 条，现只有 2 条：末尾被删，或恢复了旧的数据库\n"
    )


def test_a_changed_anchor_file_ends_1(both):
    write_entries(fresh(both), 2)
    _, anchors = run(both, "anchor")
    anchors.write_text(anchors.read_text().replace(" 2 ", " 1 "))
    result, _ = run(both, "verify")
    assert result.exit_code == 1
    assert "锚点文件第 1 行被改动或前面有缺行" in result.stderr


def test_nothing_new_adds_no_anchor(both):
    write_entries(fresh(both), 2)
    with both.app_context():
        first = write_anchor(both.config["INSTANCE_DIR"], db.session())
        assert write_anchor(both.config["INSTANCE_DIR"], db.session()) == first
    fresh(both)


def test_an_officers_password_is_reset_from_the_console(both):
    result = both.test_cli_runner().invoke(args=["staff", "reset-password", "qian", "--reason", "遗忘"])
    assert result.exit_code == 0
    assert "用户名 qian  一次性口令 " in result.output
    result = both.test_cli_runner().invoke(args=["staff", "reset-password", "nobody", "--reason", "遗忘"])
    assert (result.exit_code, result.stderr) == (1, "没有用户名为 nobody 的账号\n")
