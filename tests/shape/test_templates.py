"""Templates: each compiles, each that code names exists, nothing unused, nothing inline, nothing unescaped."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
PAPERS = tuple(name for name in ALL if name.startswith("documents/"))
"""Templates of printed papers; WeasyPrint reads them, no browser does."""
FRAGMENTS = tuple(n for n in ALL if Path(n).name.startswith("_"))
COMPONENTS = tuple(n for n in ALL if n.startswith("components/") or n == "papers/panel.html")
PAGES = tuple(n for n in ALL if n not in PAPERS + FRAGMENTS + COMPONENTS and n != "base.html")
CODE = ("app.py", "web", "blueprints", "documents", "jobs", "commands")


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def python_files():
    for entry in CODE:
        path = ROOT / entry
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def names_in_code() -> dict[str, str]:
    """Every text in code that ends in .html and has a folder → where it stands."""
    found = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[\w/]+\.html", node.value)
            ):
                found[node.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def parsed(app, name):
    return app.jinja_env.parse(source(name))


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(walk, name):
    if name in PAPERS:
        walk.app.jinja_env.parse(source(name))
    else:
        walk.app.jinja_env.get_template(name)


def test_every_template_that_code_names_exists():
    gone = {
        n: at
        for n, at in names_in_code().items()
        if not ((TEMPLATES / n).is_file() or (TEMPLATES / "documents" / n).is_file())
    }
    assert not gone


def test_every_template_that_a_template_names_exists(walk):
    for name in ALL:
        for named in find_referenced_templates(parsed(walk.app, name)):
            if named:
                assert (TEMPLATES / named).is_file() or (TEMPLATES / "documents" / named).is_file(), (
                    f"{name} names {named}"
                )


def test_no_template_is_left_over(walk):
    used = set(names_in_code()) | {f"documents/{n}" for n in names_in_code()}
    for name in ALL:
        used |= {n for n in find_referenced_templates(parsed(walk.app, name)) if n}
    assert not set(ALL) - used - {f"documents/{n}" for n in used}


@pytest.mark.parametrize("name", ALL)
def test_every_imported_macro_is_used(walk, name):
    tree = parsed(walk.app, name)
    imported = {(n if isinstance(n, str) else n[1]) for f in tree.find_all(nodes.FromImport) for n in f.names}
    used = {n.name for n in tree.find_all(nodes.Name)}
    assert not imported - used


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_sent_unescaped(name):
    text = source(name)
    assert not re.search(r"\|\s*safe\b", text)
    assert not re.search(r"autoescape\s+false", text)


@pytest.mark.parametrize("name", [n for n in ALL if n not in PAPERS])
def test_nothing_is_inline(name):
    text = source(name)
    assert "<style" not in text
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"hx-on|javascript:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script, script


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_on_the_base_and_has_a_heading(walk, name):
    tree = parsed(walk.app, name)
    assert [e.template.value for e in tree.find_all(nodes.Extends)] == ["base.html"]
    assert "heading" in {b.name for b in tree.find_all(nodes.Block)}


def swapped_regions() -> set[str]:
    """Fragments that a view sends alone in answer to htmx: the last template of page_or_part."""
    found = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page_or_part":
                found |= {
                    a.value
                    for a in node.args
                    if isinstance(a, ast.Constant) and Path(a.value).name.startswith("_")
                }
    return found


def test_a_fragment_that_htmx_swaps_is_the_region_of_its_name():
    """`_visit_rows.html` is `#visit-rows`."""
    for name in swapped_regions():
        region = Path(name).stem.removeprefix("_").replace("_", "-")
        assert f'id="{region}"' in source(name), f"{name} has no id {region}"


def test_what_htmx_aims_at_exists():
    everything = "\n".join(source(n) for n in ALL) + "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "static/js").glob("*.js")
    )
    for target in set(re.findall(r'hx-target="#([\w-]+)"', everything)):
        assert f'id="{target}"' in everything, target
