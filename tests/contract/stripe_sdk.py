"""What the installed `stripe` client says an answer looks like, read from its sources, and a checker of answers.

A field's kind is a small tuple: ("str",), ("optional", kind), ("list", kind), ("object", Shape), ...
"""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import stripe
from stripe._object_classes import OBJECT_CLASSES

HOME = Path(stripe.__file__).parent
ROOT_OF_SPEC = Path(__file__).parents[2] / "src/stripe_sandbox/spec"
PLAIN = {"str": str, "int": int, "bool": bool, "float": (int, float), "Decimal": str}
ON_DEMAND = "not included by default"


@dataclass
class Shape:
    """One response class: its fields as written, the classes inside it, and where its names come from."""

    name: str
    module: str
    outer: "Shape | None"
    fields: dict[str, ast.expr] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    inner: dict[str, "Shape"] = field(default_factory=dict)


@cache
def module_tree(module: str) -> ast.Module:
    path = HOME.parent.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text())


@cache
def imported(module: str) -> dict[str, tuple[str, str]]:
    """Local name -> (module, name) of everything a module imports."""
    found = (node for node in ast.walk(module_tree(module)) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name: (node.module or "", alias.name) for node in found for alias in node.names
    }


@cache
def shape_of(module: str, name: str) -> Shape | None:
    for node in module_tree(module).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return read_class(node, module, None)
    return None


def read_class(node: ast.ClassDef, module: str, outer: Shape | None) -> Shape:
    shape, last = Shape(node.name, module, outer), ""
    for entry in node.body:
        match entry:
            case ast.ClassDef():
                shape.inner[entry.name] = read_class(entry, module, shape)
            case ast.AnnAssign(target=ast.Name(id=name)) if "ClassVar" not in ast.unparse(entry.annotation):
                shape.fields[name] = entry.annotation
                last = name
            case ast.Expr(value=ast.Constant(value=str(text))) if last:
                shape.texts[last] = text
    return shape


def shape_named(object_name: str) -> Shape | None:
    """The response class of `"object": object_name`."""
    place = OBJECT_CLASSES.get(object_name)
    return shape_of(*place) if place else None


def look_up(name: str, scope: Shape) -> Shape | None:
    place: Shape | None = scope
    while place is not None:
        if name in place.inner:
            return place.inner[name]
        place = place.outer
    module, real = imported(scope.module).get(name, ("", ""))
    return shape_of(module, real) if module.startswith("stripe.") else None


def kind_of(annotation: ast.expr, scope: Shape) -> tuple:
    """The kind an annotation stands for, as seen from inside `scope`."""
    match annotation:
        case ast.Constant(value=None):
            return ("null",)
        case ast.Constant(value=str(text)):
            return kind_of(ast.parse(text, mode="eval").body, scope)
        case ast.Name(id=name) if name in PLAIN:
            return (name,)
        case ast.Name(id=name):
            shape = look_up(name, scope)
            return ("object", shape) if shape and shape.fields else ("any",)
        case ast.BinOp(left=left, right=right):
            return ("union", kind_of(left, scope), kind_of(right, scope))
        case ast.Subscript(value=ast.Name(id=head), slice=inside):
            parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
            return generic_kind(head, parts, scope)
    return ("any",)


def generic_kind(head: str, parts: list[ast.expr], scope: Shape) -> tuple:
    if head == "Literal":
        return ("enum", tuple(ast.literal_eval(part) for part in parts))
    kinds = tuple(kind_of(part, scope) for part in parts)
    names = {"List": "list", "ListObject": "page", "Optional": "optional", "ExpandableField": "id_or"}
    if head == "Union":
        return ("union", *kinds)
    if head in names:
        return (names[head], kinds[0])
    return ("map", kinds[-1]) if head in ("Dict", "UntypedStripeObject") else ("any",)


def findings(value: dict) -> list[str]:
    """Every difference between an object (an event included) and its response class; empty when it fits."""
    if value.get("object") == "list":
        return page_findings(value, ("any",), "list") + [
            text for entry in value["data"] for text in findings(entry)
        ]
    shape = shape_named(str(value.get("object")))
    if shape is None:
        return [f"{value.get('object')}: the client has no such class"]
    found = object_findings(value, shape, str(value["object"]))
    if value["object"] == "event":
        found += findings(value["data"]["object"])
    return found


def object_findings(value: object, shape: Shape, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: {value!r} instead of {shape.name}"]
    if value.get("deleted") is True:
        return []
    found = [f"{path}.{key}: unknown" for key in value if key not in shape.fields]
    for key, annotation in shape.fields.items():
        kind = kind_of(annotation, shape)
        if key in value:
            found += value_findings(value[key], kind, f"{path}.{key}")
        elif kind[0] != "optional":
            found.append(f"{path}.{key}: missing")
    return found


def value_findings(value: object, kind: tuple, path: str) -> list[str]:
    name, *inside = kind
    if name == "any" or (name == "optional" and value is None):
        return []
    if name in ("optional", "id_or") and not (name == "id_or" and isinstance(value, str)):
        return value_findings(value, inside[0], path)
    if name in READINGS:
        return READINGS[name](value, inside, path)
    fits = name == "id_or" or (name in PLAIN and isinstance(value, PLAIN[name]) and fits_bool(value, name))
    return [] if fits else [f"{path}: {value!r} instead of {name}"]


def list_findings(value: object, inside: list, path: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{path}: {value!r} instead of a list"]
    return [text for n, one in enumerate(value) for text in value_findings(one, inside[0], f"{path}[{n}]")]


def fits_bool(value: object, plain: str) -> bool:
    return isinstance(value, bool) == (plain == "bool")


def union_findings(value: object, choices: list[tuple], path: str) -> list[str]:
    """An open enum takes only the values the client knows: the simulator invents none."""
    enums = [choice for choice in choices if choice[0] == "enum"]
    if enums and isinstance(value, str):
        return value_findings(value, enums[0], path)
    return min((value_findings(value, choice, path) for choice in choices), key=len)


def page_findings(value: object, inner: tuple, path: str) -> list[str]:
    if not isinstance(value, dict) or set(value) != {"object", "data", "has_more", "url"}:
        return [f"{path}: not a list object"]
    return [
        text
        for n, entry in enumerate(value["data"])
        for text in value_findings(entry, inner, f"{path}.data[{n}]")
    ]


READINGS = {
    "enum": lambda value, inside, path: (
        [] if value in inside[0] else [f"{path}: {value!r} is none of {inside[0]}"]
    ),
    "union": union_findings,
    "object": lambda value, inside, path: object_findings(value, inside[0], path),
    "list": list_findings,
    "map": lambda value, _, path: [] if isinstance(value, dict) else [f"{path}: {value!r} instead of a map"],
    "page": lambda value, inside, path: page_findings(value, inside[0], path),
}


def skeleton(object_name: str) -> dict:
    """The emptiest object that fits its class; fields that come only when asked for are left out."""
    shape = shape_named(object_name)
    assert shape is not None, object_name
    return empty_object(shape)


def empty_object(shape: Shape) -> dict:
    left_out = {key for key, text in shape.texts.items() if ON_DEMAND in text} | {"deleted"}
    return {
        key: empty_value(kind_of(annotation, shape))
        for key, annotation in sorted(shape.fields.items())
        if key not in left_out
    }


def empty_value(kind: tuple) -> object:
    match kind:
        case ("optional", _) | ("any",):
            return None
        case ("enum", values):
            return values[0]
        case ("union", *choices):
            return empty_value(next((one for one in choices if one[0] == "enum"), choices[0]))
        case ("object", shape):
            return empty_object(shape)
        case ("page", _):
            return {"object": "list", "data": [], "has_more": False, "url": ""}
        case ("list", _):
            return []
        case ("map", _):
            return {}
    return {"int": 0, "bool": False, "float": 0, "Decimal": "0"}.get(kind[0], "")
