"""Imports go one way: each part of the package knows only the parts before it."""

import ast
from pathlib import Path

import pytest

import exportctl

PACKAGE = Path(exportctl.__file__).parent
ORDER = [
    "__init__", "kleene", "exact", "harmless", "problem", "progress", "fork", "strict_yaml",
    "law", "case", "decide", "second_opinion", "explain", "determine", "party", "worked", "proof", "picture", "request",
    "claim", "ask", "batch", "spark", "command", "__main__",
]  # fmt: skip


def part_of(module):
    return module.split(".")[1] if "." in module else "__init__"


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative path"
            if node.module == "exportctl":
                yield from (f"exportctl.{name.name}" for name in node.names if name.name != "__version__")
            elif str(node.module).startswith("exportctl."):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("exportctl"))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_before_it(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    later = [name for name in imported(path) if ORDER.index(part_of(name)) > ORDER.index(own)]
    assert later == []


def test_no_python_stands_among_the_rules_and_sources():
    root = PACKAGE.parent.parent
    assert not [*(root / "rules").rglob("*.py"), *(root / "seeds").rglob("*.py")]


def test_no_module_is_a_hub():
    long = {path.name: n for path in PACKAGE.rglob("*.py") if (n := len(path.read_text().splitlines())) > 300}
    assert long == {}
