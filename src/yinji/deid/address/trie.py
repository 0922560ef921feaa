"""A pattern for one of many words, longest first, that looks at each character once: the words of addresses are hundreds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

_Tree: TypeAlias = "dict[str, _Tree]"
_END = ""


def one_of(words: Iterable[str]) -> str:
    """Return a pattern without groups that matches the longest of ``words`` at a place."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _branches(tree)


def _branches(node: _Tree) -> str:
    branches = [re.escape(character) + _branches(child) for character, child in sorted(node.items()) if character != _END]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if _END in node else ''}"
