"""No write without its sentence: whoever changes a business row is handed the entry that says so."""

from __future__ import annotations

import ast

from tests.house.tree import Function, Source, called, calls, code, named, parameters

CHANGES = {"change", "changed_rows", "add_rows", "remove_rows"}
"""The verbs of `yinji.db.work.Work` that change rows."""

BAD = """
RANGES = table("waybill_ranges", *place())
LEASES = table("waybill_leases", *place(), tended=True)
_DROP = RANGES.delete()
def lease(work: Work, *, shard: Shard) -> None:
    work.change(LEASES.update())
def add(work: Work, row: tuple, *, entry: Entry) -> None:
    work.add_rows(RANGES, [row])
    work.append(entry)
def drop(work: Work, ref: Ref) -> None:
    work.change(_DROP)
def forget(work: Work, ref: Ref, *, entry: Entry) -> None:
    work.change(RANGES.delete())
def guess(work: Work, statement: UpdateBase) -> None:
    work.change(statement)
"""


def tables(store: Source) -> dict[str, bool]:
    """The tables that a store declares, and whether they are tended."""
    found: dict[str, bool] = {}
    for name, value in _assigned(store).items():
        if isinstance(value, ast.Call) and called(value) == "table":
            found[name] = any(
                each.arg == "tended" and isinstance(each.value, ast.Constant) and each.value.value is True
                for each in value.keywords
            )
    return found


def silent_mutators(store: Source) -> list[str]:
    """The functions that change a table's rows without taking, or without appending, the entry that says so."""
    statements, known = _assigned(store), tables(store)
    silent: list[str] = []
    for function in store.functions:
        works = {each.arg for each in parameters(function) if each.annotation and "Work" in named(each.annotation)}
        if not _uses(function, works, CHANGES):
            continue
        met = _reached(function, statements) & known.keys()
        if met and all(known[name] for name in met):
            continue
        takes = any(
            each.arg == "entry" and each.annotation and "Entry" in named(each.annotation) for each in parameters(function)
        )
        if not (takes and _uses(function, works, {"append"})):
            silent.append(f"{store.at(function)} {function.name}")
    return silent


def _assigned(store: Source) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for node in store.tree.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
    return found


def _uses(function: Function, works: set[str], verbs: set[str]) -> bool:
    return any(
        isinstance(each.func, ast.Attribute)
        and each.func.attr in verbs
        and isinstance(each.func.value, ast.Name)
        and each.func.value.id in works
        for each in calls(function)
    )


def _reached(node: ast.AST, statements: dict[str, ast.expr]) -> set[str]:
    """Names that occur in a piece of code or in the module's statements that it names."""
    found = named(node)
    for name in found & statements.keys():
        found |= named(statements[name]) | {
            inner for each in named(statements[name]) & statements.keys() for inner in named(statements[each])
        }
    return found


def changes_outside_a_store(source: Source) -> list[str]:
    """Where rows are changed by somebody else than a store or db."""
    if source.path.endswith("/store.py") or source.path.startswith("yinji/db/"):
        return []
    return [
        source.at(each)
        for each in calls(source.tree)
        if isinstance(each.func, ast.Attribute) and each.func.attr in CHANGES and "work" in named(each.func.value)
    ]


def test_every_mutator_of_a_business_table_takes_and_appends_its_entry() -> None:
    silent = [each for source in code() if source.path.endswith("/store.py") for each in silent_mutators(source)]
    assert not silent, f"give each an `entry: Entry` and append it, or declare its table tended: {silent}"


def test_rows_are_changed_by_stores_only() -> None:
    assert not [at for source in code() for at in changes_outside_a_store(source)]


def test_stores_are_there_to_be_read() -> None:
    stores = {source.path: tables(source) for source in code() if source.path.endswith("/store.py")}
    assert {"yinji/access/store.py", "yinji/ledger/store.py", "yinji/vault/store.py", "yinji/waybill/store.py"} <= stores.keys()
    assert any(tended for each in stores.values() for tended in each.values())
    assert any(not tended for each in stores.values() for tended in each.values())


def test_a_silent_mutator_is_seen() -> None:
    seen = silent_mutators(Source("yinji/waybill/store.py", BAD))
    assert [each.split()[1] for each in seen] == ["drop", "forget", "guess"]


def test_a_change_behind_a_stores_back_is_seen() -> None:
    behind = "def tidy(work: Work) -> None:\n    work.change(store.RANGES.delete())\n"
    assert changes_outside_a_store(Source("yinji/waybill/service.py", behind)) == ["yinji/waybill/service.py:2"]
