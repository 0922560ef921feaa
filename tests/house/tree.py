"""The repository as the house's tests read it: files, their text, their syntax trees. What a test checks takes these as
arguments, so that the same test can feed it a bad example and see it found."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
YINJI = SRC / "yinji"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root of what it belongs to (``yinji/vault/store.py``), and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def code() -> tuple[Source, ...]:
    """Every Python file below ``src``."""
    return _read(SRC)


@cache
def checks() -> tuple[Source, ...]:
    """Every Python file below ``tests``, with paths that begin so."""
    return tuple(Source(f"tests/{each.path}", each.text) for each in _read(ROOT / "tests"))


@cache
def scripts() -> tuple[Source, ...]:
    """Every Python file below ``scripts``."""
    return tuple(Source(f"scripts/{each.path}", each.text) for each in _read(ROOT / "scripts"))


def _read(folder: Path) -> tuple[Source, ...]:
    files = sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)
    return tuple(Source(file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")) for file in files)


def named(node: ast.AST) -> set[str]:
    """Every name and attribute that occurs in a piece of code, those inside written annotations included."""
    found: set[str] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.Attribute):
            found.add(each.attr)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.isidentifier():
            found.add(each.value)
    return found


def parameters(function: Function) -> list[ast.arg]:
    given = function.args
    return [*given.posonlyargs, *given.args, *given.kwonlyargs]


def called(call: ast.Call) -> str:
    """The last name of what is called: ``c`` of ``a.b.c()``."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def calls(node: ast.AST) -> Iterable[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))
