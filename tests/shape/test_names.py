"""Names of the house: STYLE.md and docs/glossary.md."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "rules",
    "models",
    "queries",
    "indicators",
    "documents",
    "actions",
    "rostering",
    "web",
    "blueprints",
    "commands",
    "jobs",
)
VAGUE = re.compile(
    r"(Manager|Helper|Util|Utils|Service|Handler)$|^(Manager|Helper|Util|Base|Service|Handler)"
)
VAGUE_FILES = frozenset(
    [
        "manager",
        "helper",
        "helpers",
        "util",
        "utils",
        "service",
        "services",
        "handler",
        "handlers",
        "misc",
        "common",
    ]
)
VERBS = frozenset(
    [
        "accept",
        "add",
        "decline",
        "serve",
        "save",
        "resolve",
        "request",
        "report",
        "record",
        "receive",
        "rate",
        "object",
        "notify",
        "unmerge",
        "merge",
        "instruct",
        "hear",
        "refuse",
        "forward",
        "finish",
        "execute",
        "dispute",
        "decide",
        "conclude",
        "assign",
        "apply",
        "approve",
        "archive",
        "adopt",
        "cancel",
        "edit",
        "explain",
        "file",
        "change",
        "chart",
        "close",
        "complete",
        "confirm",
        "correct",
        "disable",
        "download",
        "draft",
        "drop",
        "renew",
        "reopen",
        "repeat",
        "enable",
        "end",
        "enter",
        "export",
        "extend",
        "find",
        "give",
        "grant",
        "hand",
        "import",
        "issue",
        "list",
        "mark",
        "move",
        "new",
        "note",
        "open",
        "preview",
        "postpone",
        "print",
        "publish",
        "read",
        "register",
        "replace",
        "reprint",
        "reset",
        "restore",
        "retire",
        "return",
        "reveal",
        "set",
        "show",
        "sign",
        "start",
        "submit",
        "succeed",
        "swap",
        "take",
        "undo",
        "unlock",
        "unseal",
        "update",
        "upload",
        "urge",
        "verify",
        "void",
        "withdraw",
    ]
)
NOUNS_ALONE = frozenset({"telephone_book"})


def modules():
    yield ROOT / "app.py"
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def test_no_vague_class_or_file_names():
    for path in modules():
        assert path.stem not in VAGUE_FILES, path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not VAGUE.search(node.name), f"{path.relative_to(ROOT)}: {node.name}"


def test_no_top_level_module_hides_one_of_the_standard_library():
    ours = {p.stem for p in ROOT.glob("*.py")} | {
        p.name for p in ROOT.iterdir() if (p / "__init__.py").is_file()
    }
    assert not ours & set(sys.stdlib_module_names)


def test_endpoints_begin_with_a_verb(walk):
    for door in walk.doors():
        name = door.endpoint.rpartition(".")[2]
        assert name in NOUNS_ALONE or name.split("_")[0] in VERBS, f"{door}: {door.endpoint}"


def test_every_package_says_in_one_line_what_it_is_for():
    for package in PACKAGES:
        for path in sorted((ROOT / package).glob("*.py")):
            if path.name != "__init__.py" and path.read_text(encoding="utf-8").strip():
                tree = ast.parse(path.read_text(encoding="utf-8"))
                public = [n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)]
                assert ast.get_docstring(tree) or len(public) < 4, (
                    f"{path.relative_to(ROOT)} has no docstring"
                )


def test_the_docs_that_the_house_promises_are_there():
    for name in (
        "README.md",
        "STYLE.md",
        "CHANGELOG.md",
        "docs/glossary.md",
        "docs/permissions.md",
        "docs/time-limits.md",
        "docs/architecture.md",
    ):
        assert (ROOT / name).is_file(), name


def test_names_in_the_readme_are_files_of_the_house():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(((?!https?:|#)[^)]+)\)", text):
        assert (ROOT / target.split("#")[0]).exists(), target
