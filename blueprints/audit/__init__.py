"""The audit log: reading, exporting, verifying. 安全审计员 only."""

from web.guarded_blueprint import GuardedBlueprint

audit = GuardedBlueprint("audit", __name__)

from blueprints.audit import entries, sign_ins  # noqa: E402, F401
