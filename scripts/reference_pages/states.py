"""docs/reference/states.md: every table of moves in the house, drawn."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from types import ModuleType
from typing import Final

import yinji
from reference_pages.markdown import code, page, table

_WHAT: Final = """状态只能按表中的箭头变化；每个状态由一个动作负责。表（`MOVES`、`OWNER`）写在各室的 `model.py` 里，图由表画出。

A state moves along these arrows and no others; each is made by one verb. The tables (`MOVES`, `OWNER`) stand in the rooms' `model.py`, the
drawings are made from them."""


_PARTED: Final = frozenset({"access", "vault", "waybill"})
"""Rooms whose parts have models of their own."""


def models() -> Iterator[ModuleType]:
    """Yield every model that has a table of moves, of rooms and of their parts, by name."""
    for room in sorted(found.name for found in pkgutil.iter_modules(yinji.__path__) if found.ispkg):
        inside = list(pkgutil.iter_modules(import_module(f"yinji.{room}").__path__))
        parts = [f"{room}.{found.name}" for found in inside if found.ispkg and room in _PARTED]
        for place in (room, *sorted(parts)):
            names = {found.name for found in pkgutil.iter_modules(import_module(f"yinji.{place}").__path__)}
            if "model" in names:
                model = import_module(f"yinji.{place}.model")
                if hasattr(model, "MOVES"):
                    yield model


def states_page() -> str:
    """Return the page: a section a table."""
    return page("状态 States", "MOVES in src/yinji/*/model.py", _WHAT, *[_section(each) for each in models()])


def _section(model: ModuleType) -> str:
    moves: Mapping[Enum, frozenset[Enum]] = model.MOVES
    kind = type(next(iter(moves)))
    rows = [
        (
            code(state.name),
            code(model.OWNER[state]),
            ", ".join(code(to.name) for to in _ordered(kind, moves[state])) or "终态 end",
        )
        for state in kind
    ]
    summary = (kind.__doc__ or "").strip()
    place = f"src/{model.__name__.replace('.', '/')}.py"
    return "\n\n".join(
        [
            f"## {kind.__name__}\n\n{summary} (`{place}`)",
            _drawing(kind, moves),
            table(("状态 state", "由谁造成 made by", "可到 may become"), rows),
        ]
    )


def _drawing(kind: type[Enum], moves: Mapping[Enum, frozenset[Enum]]) -> str:
    reached = frozenset[Enum]().union(*moves.values())
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {state.name}" for state in kind if state not in reached or state is next(iter(moves))]
    lines += [f"    {state.name} --> {to.name}" for state in kind for to in _ordered(kind, moves[state])]
    lines += [f"    {state.name} --> [*]" for state in kind if not moves[state]]
    return "\n".join([*lines, "```"])


def _ordered(kind: type[Enum], states: frozenset[Enum]) -> list[Enum]:
    return [state for state in kind if state in states]
