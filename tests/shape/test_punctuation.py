"""Chinese that people read carries full-width punctuation; English, code and patterns keep theirs."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff“”《》）] ?[,:;()!?]|[,:;()!?] ?[\u4e00-\u9fff“《（]")
"""A half-width sign that touches Chinese, with at most a space between."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PATTERN = re.compile(r"\(\?|\\[dsw]")
"""What only a regular expression holds."""
ELSEWHERE = {"tests", "benchmarks", "migrations", "instance", "instance-demo", "docs", "node_modules"}
"""Folders whose Python nobody reads on screen."""


def python_files() -> list[Path]:
    found = [path.relative_to(ROOT) for path in ROOT.rglob("*.py")]
    return sorted(p for p in found if p.parts[0] not in ELSEWHERE and not p.parts[0].startswith("."))


def other_files() -> list[Path]:
    patterns = ("templates/**/*.html", "static/js/*.js", "*.sh", "deploy/*.sh")
    return sorted(path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern))


def is_command(node: ast.AST) -> bool:
    """Whether its docstring is what `--help` shows."""
    named = [ast.unparse(decorator) for decorator in getattr(node, "decorator_list", ())]
    return any(re.search(r"command|group", name) for name in named)


def not_read_by_people(tree: ast.AST) -> set[int]:
    """The ids of docstrings, but for those of commands, and of all that stands in a call of `re`."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) and not is_command(node) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            found |= {id(part) for part in ast.walk(node)}
    return found


def texts_of_python(source: str) -> list[tuple[int, str]]:
    """(line, text) of each string that may reach a screen, a sheet or a terminal."""
    tree = ast.parse(source)
    unread = not_read_by_people(tree)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in unread
        and CHINESE.search(node.value)
        and not PATTERN.search(node.value)
    ]


def lines_without_comments(source: str, suffix: str) -> list[tuple[int, str]]:
    """(line, text); Chinese in the code of a template stands within quotes, so that no sign of code touches it."""
    if suffix == ".html":
        source = re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), source, flags=re.DOTALL)
    if suffix == ".sh":
        source = re.sub(r"\$\([^)\n]*\)", "$", source)
    mark = {".js": ("//", "*", "/*"), ".sh": ("#",)}.get(suffix, ())
    lines = enumerate(source.splitlines(), 1)
    return [(number, line) for number, line in lines if not (mark and line.lstrip().startswith(mark))]


def wrong(path: Path) -> list[str]:
    source = (ROOT / path).read_text(encoding="utf-8")
    texts = texts_of_python(source) if path.suffix == ".py" else lines_without_comments(source, path.suffix)
    return [f"{path}:{line}: {found[0]}" for line, text in texts for found in HALF_WIDTH.finditer(text)]


@pytest.mark.parametrize("files", [python_files, other_files])
def test_chinese_carries_full_width_punctuation(files):
    assert [place for path in files() for place in wrong(path)] == []


def test_the_text_of_pages_has_no_half_width_sign_at_all():
    """Between two values of a template no Chinese stands beside the sign, so it is looked for by itself."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for unread in (r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", r"<[^>]*>", r"&\w+;"):
            text = re.sub(unread, lambda part: "\n" * part[0].count("\n"), text, flags=re.DOTALL)
        lines = enumerate(text.splitlines(), 1)
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in lines if re.search(r"[,:;()!?]", line)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('flash("已停用,请先启用。")', 1),
        ('x = f"{name}(已撤销)"', 2),
        ('"""A visit (来访), one 批: one group."""', 0),
        ('p = re.compile(r"(?:村|社区)")', 0),
        ('@cli.command()\ndef f():\n    """写一张表,带标题。"""', 1),
    ],
)
def test_the_check_itself_sees_what_people_read(source, found):
    assert sum(len(HALF_WIDTH.findall(text)) for _, text in texts_of_python(source)) == found
