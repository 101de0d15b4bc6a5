"""Doors parse, make one domain call and answer: they write no row themselves."""

import ast

from tests.architecture.sources import calls, python_files, short

DOORS = ("web", "api", "realtime", "bot/commands", "webhooks/handlers")
WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create"}
ROWS = ("objects", "of", "filter", "all", "exclude", "across_companies")


def is_about_rows(call: ast.Call) -> bool:
    """Whether a chain like `Item.objects.of(company).filter(...).update(...)` leads to the call."""
    chain = [node for node in ast.walk(call.func) if isinstance(node, ast.Attribute)]
    return any(node.attr in ROWS for node in chain)


def test_no_door_writes_a_row() -> None:
    files = python_files(*(f"src/financehub/{door}" for door in DOORS))
    written = [
        f"{short(file)}:{call.lineno} .{name}("
        for file in files
        for name, call in calls(file)
        if name.startswith("bulk_") or name == "save" or (name in WRITES and is_about_rows(call))
    ]
    assert written == []
