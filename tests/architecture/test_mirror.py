"""Every module with something public has its tests, where one looks for them."""

from pathlib import Path

from tests.architecture.sources import PROGRAMS, ROOT, is_public, python_files, short, tree

# Packages of shapes and tables: what they have in rules is tested, file by file or together.
BY_PACKAGE = {"models", "shapes"}
EXEMPT = {
    "apps.py": "Django's registration of a room: one label, no behaviour",
    "rowstore_postgresql.py": "the half of rowstore that test_rowstore drives on PostgreSQL",
    "rowstore_sqlite.py": "the half of rowstore that test_rowstore drives on SQLite",
    "rowstore_tables.py": "column names and two shapes that both halves of rowstore share",
}


def expected_test(module: Path) -> Path:
    program = next(name for name in PROGRAMS if name in module.parts)
    inside = module.relative_to(ROOT / "src" / program)
    home = ROOT / "tests" if program == "financehub" else ROOT / "tests" / program
    return home / inside.parent / f"test_{inside.name}"


def has_tests(module: Path) -> bool:
    test = expected_test(module)
    if module.parent.name in BY_PACKAGE:
        return any(test.parent.glob("test_*.py"))
    return test.exists()


def test_every_public_module_has_its_test_file() -> None:
    modules = [file for file in python_files("src") if file.name not in EXEMPT]
    public = [file for file in modules if any(is_public(node) for node in tree(file).body)]
    assert [short(file) for file in public if not has_tests(file)] == []


def test_every_exemption_is_still_needed() -> None:
    names = {file.name for file in python_files("src")}
    assert set(EXEMPT) <= names
