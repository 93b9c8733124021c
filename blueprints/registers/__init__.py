"""信息稿件 and 自报数据: two small registers, each a list, a form, and a page."""

from web.guarded_blueprint import GuardedBlueprint

registers = GuardedBlueprint("registers", __name__)

from blueprints.registers import figures, publications  # noqa: E402, F401
