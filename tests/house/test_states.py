"""Every table of moves is whole: each state is reached from the first, owned, and every state has its table."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from importlib import import_module
from typing import Any

import pytest
from tests.house.tree import Source, code

Moves = Mapping[Any, AbstractSet[Any]]


def declared(source: Source) -> list[tuple[str, str]]:
    """The tables of moves of a module, each with the table of owners that must stand beside it."""
    names = [
        target.id
        for node in source.tree.body
        for target in (
            [node.target] if isinstance(node, ast.AnnAssign) else node.targets if isinstance(node, ast.Assign) else []
        )
        if isinstance(target, ast.Name)
    ]
    return [(name, name.replace("MOVES", "OWNER")) for name in names if name.endswith("MOVES")]


def unreached(moves: Moves) -> set[Hashable]:
    """States that no path from the first state meets."""
    waiting = [next(iter(moves))]
    seen = set(waiting)
    while waiting:
        fresh = set(moves.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting += fresh
    return set(moves) - seen


def faults(moves: Moves, owner: Mapping[Any, str]) -> list[str]:
    """What is wrong with a table of moves."""
    undeclared = {state for targets in moves.values() for state in targets} - set(moves)
    first = next(iter(moves))
    states = set(type(first).__members__.values()) if isinstance(first, Enum) else set(moves)
    return [
        *(f"{state}: unreached" for state in unreached(moves)),
        *(f"{state}: not a row of the table" for state in undeclared | (states - set(moves))),
        *(f"{state}: owned by nobody" for state in moves if not owner.get(state)),
        *(f"{state}: owned, but no state of this table" for state in set(owner) - set(moves)),
    ]


TABLES = [(source.module, *pair) for source in code() for pair in declared(source)]


@pytest.mark.parametrize(("module", "moves", "owner"), TABLES)
def test_a_table_of_moves_is_whole(module: str, moves: str, owner: str) -> None:
    room = import_module(module)
    assert hasattr(room, owner), f"{module} says who owns each state of {moves} in {owner}"
    assert not faults(getattr(room, moves), getattr(room, owner))


def test_every_enum_of_states_has_its_table() -> None:
    with_moves = {module for module, _, _ in TABLES}
    states = [
        (source.module, node.name)
        for source in code()
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and node.name.endswith("State") and any("Enum" in ast.unparse(b) for b in node.bases)
    ]
    assert states
    assert not [state for state in states if state[0] not in with_moves]


def test_a_lost_an_undeclared_and_an_unowned_state_are_seen() -> None:
    moves = {"issued": {"served"}, "served": {"closed"}, "lost": {"issued"}}
    wrong = faults(moves, {"issued": "authority", "served": "", "lost": "authority", "gone": "nobody"})
    assert wrong == [
        "lost: unreached",
        "closed: not a row of the table",
        "served: owned by nobody",
        "gone: owned, but no state of this table",
    ]
    assert declared(Source("m.py", "CALL_MOVES: Final = {}\nOTHER = 1\n")) == [("CALL_MOVES", "CALL_OWNER")]
