"""A person stands whole on an exempt order's label only, and one file makes it."""

from __future__ import annotations

import ast

from tests.house.tree import Source, calls, code, named

MAKER = "yinji/flows/exempt_label.py"
TRIAL = "yinji/flows/try_template.py"
"""Draws the exemption mark on a specimen of an invented recipient, whatever was typed: no order's person is in it."""
BATCH = "yinji/flows/issue_batch.py"


def takes_whole(source: Source) -> bool:
    """Tell whether a file imports or names what gives a party's texts as they are."""
    return any(
        (isinstance(node, ast.ImportFrom) and node.module == "yinji.vault.planning" and "whole" in {n.name for n in node.names})
        or (isinstance(node, ast.Attribute) and node.attr == "whole" and "planning" in named(node.value))
        for node in ast.walk(source.tree)
    )


def marks_exempt(source: Source) -> bool:
    """Tell whether a file gives a draft its exemption."""
    return any(word.arg == "exemption" for call in calls(source.tree) for word in call.keywords)


def test_one_file_takes_a_party_whole() -> None:
    assert [source.path for source in code() if takes_whole(source)] == [MAKER]


def test_one_file_gives_a_label_its_exemption() -> None:
    marking = {source.path for source in code() if source.path.startswith("yinji/flows/") and marks_exempt(source)}
    assert marking == {MAKER, TRIAL}


def test_a_waybill_becomes_exempt_in_one_place() -> None:
    makers = {
        source.path
        for source in code()
        for call in calls(source.tree)
        for word in call.keywords
        if word.arg == "kind" and "EXEMPT" in ast.unparse(word.value)
    }
    assert makers == {BATCH}


def test_another_taker_and_another_marker_are_seen() -> None:
    assert takes_whole(Source("bad.py", "from yinji.vault.planning import shown, whole"))
    assert takes_whole(Source("bad.py", "from yinji.vault import planning\nplanning.whole(plan)"))
    assert marks_exempt(Source("bad.py", "replace(draft, exemption='x')"))
