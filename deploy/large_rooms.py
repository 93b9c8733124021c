"""List files over 300 lines and functions over 40, for a look: two things may live in one. Fails nobody."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES, MOST_FUNCTION_LINES = 300, 40
_NOT_OURS = (".venv", "migrations", "static/vendor", "instance", "build", ".")


def large_rooms(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(_NOT_OURS):
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > MOST_LINES:
            yield f"{name}: {lines} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    yield f"{name}:{node.lineno} {node.name}: {length} lines"


if __name__ == "__main__":
    found = list(large_rooms(ROOT))
    sys.stdout.write("".join(f"for a look: {line}\n" for line in found))
