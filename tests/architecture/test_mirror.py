"""Every module that does something has its tests, where one looks for them."""

import ast
from pathlib import Path

from tests.architecture.sources import PROGRAMS, ROOT, is_public, python_files, short, tree

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
EXEMPT = {
    "rowstore_postgresql.py": "the half of rowstore that test_rowstore drives on PostgreSQL",
    "rowstore_sqlite.py": "the half of rowstore that test_rowstore drives on SQLite",
}


def does_something(node: ast.AST) -> bool:
    """A public function, or a public class with a rule: tables and shapes of fields alone have none."""
    if isinstance(node, ast.ClassDef):
        methods = {inner.name for inner in node.body if isinstance(inner, FUNCTIONS)}
        return is_public(node) and bool(methods - {"__str__", "__repr__"})
    return is_public(node)


def expected_test(module: Path) -> Path:
    program = next(name for name in PROGRAMS if name in module.parts)
    inside = module.relative_to(ROOT / "src" / program)
    home = ROOT / "tests" if program == "financehub" else ROOT / "tests" / program
    return home / inside.parent / f"test_{inside.name}"


def test_every_module_that_does_something_has_its_test_file() -> None:
    modules = [file for file in python_files("src") if file.name not in EXEMPT]
    acting = [file for file in modules if any(does_something(node) for node in tree(file).body)]
    missing = [short(file) for file in acting if not expected_test(file).exists()]
    assert not missing, "no test file for:\n" + "\n".join(missing)


def test_every_exemption_is_still_needed() -> None:
    assert set(EXEMPT) <= {file.name for file in python_files("src")}
