"""What is logged or printed is references, codes and counts: never a model, never a `Private`.

A print job failed and logged the label it could not print; the log went to the printer's maker.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Function, Source, called, calls, code, named, parameters

PEOPLE = {"Private", "Party"}
"""Kernel types that hold a person."""

LOGGERS = {"log", "logger", "logging", "structlog", "warnings"}
LOGGING = {"debug", "info", "warn", "warning", "error", "exception", "critical", "log", "msg"}
VOICES = {"voice", "console", "out", "err", "stdout", "stderr"}
SPEAKING = {"say", "note", "json", "print", "write", "echo", "secho"}

WHOLE = {"str", "repr", "vars", "asdict", "astuple", "format", "dict", "list", "tuple", "sorted"}
"""What turns a record into another form of the whole record."""

SPEAKERS = ("yinji/doors/", "yinji/main.py", "yinji_verify/__main__.py", "yinji_bench/")
"""Who may speak. Rooms, flows and adapters return what they have to say, and a door says it."""


def models(sources: tuple[Source, ...]) -> set[str]:
    """Names of all records that rooms declare, and of those that hold a person."""
    declared = {
        node.name
        for source in sources
        if source.path.endswith("/model.py")
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and not any(_last(base).endswith("Enum") for base in node.bases)
    }
    return declared | PEOPLE


def speeches(node: ast.AST) -> Iterator[ast.Call]:
    """Calls that end on a terminal, in a log or in a warning."""
    for call in calls(node):
        match call.func:
            case ast.Name(id="print"):
                yield call
            case ast.Attribute(attr=verb, value=owner) if (_last(owner) in VOICES and verb in SPEAKING) or (
                _root(owner) in LOGGERS and verb in LOGGING
            ):
                yield call


def spoken_people(source: Source, known: set[str]) -> list[str]:
    """Speeches that are handed a whole record or a `Private`."""
    found: list[str] = []
    for function in source.functions:
        typed = _typed(function, known)
        found += [f"{source.at(call)} {ast.unparse(call)}" for call in speeches(function) if _said(call, typed, known)]
    return found


def _typed(function: Function, known: set[str]) -> set[str]:
    """Names in a function whose annotation or constructor says that they are records."""
    found = {each.arg for each in parameters(function) if each.annotation and _record(each.annotation, known)}
    for node in ast.walk(function):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if _record(annotation, known):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if called(call) in known:
                found.add(name)
            case ast.For(target=ast.Name(id=name), iter=ast.Name(id=many)) if many in found:
                found.add(name)
    return found


def _record(annotation: ast.expr, known: set[str]) -> bool:
    return bool(named(annotation) & known) and not isinstance(annotation, ast.Call)


def _said(call: ast.Call, typed: set[str], known: set[str]) -> bool:
    """Whether an argument is a record itself, wherever it stands: in an f-string, a container, a conversion."""
    waiting: list[ast.expr] = [*call.args, *(each.value for each in call.keywords)]
    while waiting:
        node = waiting.pop()
        if (isinstance(node, ast.Name) and node.id in typed) or (isinstance(node, ast.Call) and called(node) in known):
            return True
        waiting += _inside(node)
    return False


def _inside(node: ast.expr) -> list[ast.expr]:
    """What is said whole when ``node`` is said."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=inner) if name in WHOLE:
            return inner
        case ast.Attribute(attr="__dict__", value=inner) | ast.FormattedValue(value=inner) | ast.Starred(value=inner):
            return [inner]
        case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.Dict(values=parts):
            return parts
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case _:
            return []


def _last(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner):
            return _last(inner)
        case _:
            return ""


def _root(node: ast.expr) -> str:
    """The first name of a chain: ``a`` of ``a.b("c").d``."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def test_no_speech_is_handed_a_record_or_a_person() -> None:
    known = models(code())
    assert not [each for source in code() for each in spoken_people(source, known)]


def test_rooms_and_flows_do_not_speak() -> None:
    loud = [
        source.at(call)
        for source in code()
        if not source.path.startswith(SPEAKERS)
        for call in speeches(source.tree)
        if _loud(call)
    ]
    assert not loud, f"return it, and let a door say it: {loud}"


def _loud(call: ast.Call) -> bool:
    """Writing into a file that was handed in as ``out`` is no speech."""
    return not (isinstance(call.func, ast.Attribute) and _last(call.func.value) == "out" and call.func.attr == "write")


def test_a_record_in_a_log_line_is_seen() -> None:
    bad = """
def tell(voice: Voice, parcel: Waybill, name: Private, orders: list[Order]) -> None:
    voice.say(f"issued {parcel.number}", str(len(orders)))
    voice.say(f"{parcel}")
    log.info("sealed", extra={"name": name})
    print(repr(orders))
    for order in orders:
        logger.warning("refused %s", order)
    draft = Order(1)
    logging.getLogger("x").error("%s %s", 1, (draft, 2))
"""
    seen = spoken_people(Source("bad.py", bad), {"Waybill", "Order", "Private"})
    assert len(seen) == 5
    assert not any("issued" in each for each in seen)


def test_the_rooms_own_records_are_known() -> None:
    assert {"Order", "Waybill", "Seen", "Belongings", "Private"} <= models(code())
