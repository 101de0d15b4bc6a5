"""What the installed `stripe` client says may be asked, read from its sources: one compact schema per endpoint.

`"s"` text, `"i"` integer, `"i|now"` an integer or a word, `"b"` boolean, `"n"` number,
`"a|b"` words, `"*"` anything, `[schema]` a list,
`{"": schema}` a map, `{"name": schema, "name!": required}` an object, `["", schema]` may be unset with an empty text.
"""

import ast
from collections.abc import Iterator

from tests.contract.stripe_sdk import HOME, imported, module_tree

# Branches about countries, products and methods that Stripe in a box does not have.
ANYTHING = {
    "payment_method_data",
    "invoice_creation",
    "shipping_options",
    "payment_details",
    "shipping_address_collection",
    "custom_fields",
    "custom_text",
    "branding_settings",
    "enhanced_evidence",
    "transfer_data",
    "on_behalf_of",
    "mandate_data",
    "amount_details",
    "hooks",
    "optional_items",
    "consent_collection",
    "package_dimensions",
    "cash_balance",
    "tiers",
    "currency_options",
    "billing_schedules",
    "wallet_options",
    "pause_schedules",
    "risk_signals",
    "automatic_tax",
    "radar_options",
    "excluded_payment_method_types",
}
PLAIN = {"str": "s", "int": "i", "bool": "b", "float": "n", "Decimal": "n", "datetime": "i", "Any": "*"}
LONG_WORD_LIST = 30
METHODS = ("boleto", "card")


def endpoints() -> Iterator[tuple[str, str, dict]]:
    """(verb, path with {} for ids, schema) of every v1 call the client can make."""
    for file in sorted(HOME.rglob("_*_service.py")):
        module = ".".join(file.relative_to(HOME.parent).with_suffix("").parts)
        if ".v2" in module:
            continue
        for node in ast.walk(module_tree(module)):
            if isinstance(node, ast.FunctionDef) and (call := request_call(node)):
                yield *call, schema_of(params_class(node), module)


def request_call(node: ast.FunctionDef) -> tuple[str, str] | None:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "self._request":
            paths = [one.value for one in ast.walk(call.args[1]) if isinstance(one, ast.Constant)]
            path = next(text for text in paths if str(text).startswith("/v"))
            pieces = ["{}" if piece.startswith("{") else piece for piece in path.split("/")]
            return ast.literal_eval(call.args[0]).upper(), "/".join(pieces)
    return None


def params_class(node: ast.FunctionDef) -> str:
    for argument in node.args.args:
        if argument.arg == "params" and argument.annotation:
            names = [one.value for one in ast.walk(argument.annotation) if isinstance(one, ast.Constant)]
            return str(names[0])
    return ""


def schema_of(name: str, module: str) -> dict:
    if name not in imported(module):
        return {}
    home = imported(module)[name][0]
    classes = {node.name: node for node in module_tree(home).body if isinstance(node, ast.ClassDef)}
    return object_schema(name, classes)


def object_schema(name: str, classes: dict[str, ast.ClassDef]) -> dict:
    schema = {}
    for entry in classes[name].body:
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name):
            written = entry.annotation
            needed = not (isinstance(written, ast.Subscript) and ast.unparse(written.value) == "NotRequired")
            inner = written if needed else written.slice
            key = entry.target.id
            schema[key + "!" * needed] = "*" if key in ANYTHING else kind_schema(inner, classes)
            if key == "payment_method_options":
                schema[key] = {kind: one for kind, one in unwrapped(schema[key]).items() if kind in METHODS}
    return schema


def unwrapped(schema: object) -> dict:
    """The object inside a schema that may also be unset."""
    return schema[1] if isinstance(schema, list) else schema


def kind_schema(node: ast.expr, classes: dict[str, ast.ClassDef]) -> object:
    match node:
        case ast.Constant(value=str(text)):
            return kind_schema(ast.parse(text, mode="eval").body, classes)
        case ast.Name(id=name):
            return object_schema(name, classes) if name in classes else PLAIN.get(name, "*")
        case ast.BinOp(left=left, right=right):
            return union_schema([kind_schema(left, classes), kind_schema(right, classes)])
        case ast.Subscript(value=ast.Name(id=head), slice=inside):
            parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
            return generic_schema(head, parts, classes)
    return "*"


def generic_schema(head: str, parts: list[ast.expr], classes: dict[str, ast.ClassDef]) -> object:
    if head == "Literal":
        words = [str(ast.literal_eval(part)) for part in parts]
        return "s" if len(words) > LONG_WORD_LIST else "|".join(words) + "|" * (len(words) == 1)
    inner = [kind_schema(part, classes) for part in parts]
    if head == "List":
        return [inner[0]]
    if head in ("Dict", "Mapping"):
        return {"": inner[-1]}
    return union_schema(inner) if head == "Union" else inner[0]


def union_schema(choices: list[object]) -> object:
    """`Literal[''] | X` is X that may be unset; an open word list keeps its words; an object wins over text."""
    unset = "|" in choices or any(isinstance(one, list) and one[:1] == [""] for one in choices)
    flat = [one[1] if isinstance(one, list) and one[:1] == [""] else one for one in choices if one != "|"]
    chosen = chosen_schema(flat)
    return ["", chosen] if unset else chosen


def chosen_schema(flat: list[object]) -> object:
    words = [word for one in flat if isinstance(one, str) and "|" in one for word in one.split("|") if word]
    if "i" in flat and all(one == "i" or (isinstance(one, str) and "|" in one) for one in flat):
        return "|".join(["i", *words])
    rich = [one for one in flat if isinstance(one, list | dict)] or [one for one in flat if "|" in str(one)]
    if rich:
        return rich[0] if all(one == "s" or one is rich[0] for one in flat) else "*"
    return flat[0] if len(set(map(str, flat))) == 1 else "*"
