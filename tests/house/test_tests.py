"""A test that asserts nothing cannot fail; a test whose name says nothing proves nothing."""

from __future__ import annotations

import ast

from tests.house.tree import Function, Source, called, calls, checks

RAISING = {"raises", "fail", "warns", "deprecated_call", "xfail"}


def silent(source: Source) -> list[str]:
    """Tests that contain no assert, no ``pytest.raises``, and call no helper whose name begins with ``check_``."""
    return [f"{source.at(each)} {each.name}" for each in _tests_of(source) if not _asserts(each)]


def nameless(source: Source) -> list[str]:
    """Tests whose name is no statement: fewer than three words."""
    return [f"{source.at(each)} {each.name}" for each in _tests_of(source) if len(each.name.split("_")) < 4]


def _tests_of(source: Source) -> list[Function]:
    if not source.path.rsplit("/", 1)[-1].startswith("test_"):
        return []
    return [each for each in source.functions if each.name.startswith("test_")]


def _asserts(function: Function) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        called(call) in RAISING or called(call).startswith("check_") for call in calls(function)
    )


def test_every_test_asserts_something() -> None:
    assert not [each for source in checks() for each in silent(source)]


def test_every_test_is_named_as_a_statement() -> None:
    assert not [each for source in checks() for each in nameless(source)]


def test_no_test_stands_in_for_a_part_of_the_house() -> None:
    mocks = {"unittest.mock", "mock", "pretend"}
    found = [
        source.at(node)
        for source in checks()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and node.module in mocks)
        or (isinstance(node, ast.Import) and any(each.name in mocks for each in node.names))
    ]
    assert not found


def test_a_silent_test_is_seen() -> None:
    bad = """
def test_it_runs_without_trouble(): issue()
def test_two_words(): assert 1
def test_a_wrong_number_is_refused():
    with pytest.raises(ValueError): read("x")
def test_every_path_is_checked(): check_paths()
def helper(): pass
"""
    assert silent(Source("tests/test_x.py", bad)) == ["tests/test_x.py:2 test_it_runs_without_trouble"]
    assert nameless(Source("tests/test_x.py", bad)) == ["tests/test_x.py:3 test_two_words"]
    assert silent(Source("tests/conftest.py", bad)) == []
