"""What the house rules are asked about: the files of the repository, as text and as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = tuple(sorted(place.name for place in (ROOT / "src").iterdir() if place.name.isidentifier()))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def python_files(*folders: str) -> list[Path]:
    """Python files written by us; migrations are written by Django."""
    found = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in found if not {"migrations", "node_modules"} & set(file.parts))


@cache
def committed_files() -> list[Path]:
    """Every text file that git knows, staged or committed, still there."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in told.stdout.split("\0") if name]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()]


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


def is_public(node: ast.AST) -> bool:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return isinstance(node, kinds) and not node.name.startswith("_")


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last word of what is called: `a.b.save(x)` is `save`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id), node
