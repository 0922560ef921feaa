"""A Private cannot get out by accident."""

from __future__ import annotations

import copy
import dataclasses
import json
import logging
import pickle
from collections.abc import Callable
from functools import partial
from io import StringIO
from typing import Any

import pytest

from yinji.kernel.faults import Misuse
from yinji.kernel.party import Party
from yinji.kernel.private import Private

TEXT = "钱初一 13912345678"

WAYS_TO_PRINT: dict[str, Callable[[Private], str]] = {
    "str": str,
    "repr": repr,
    "ascii": ascii,
    "format": lambda secret: format(secret, ">40") + format(secret),
    "f-string": lambda secret: f"{secret} {secret!r} {secret!s} {secret:x^30}",
    "percent": lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 - the old way is one of the ways
    "str.format": "{0} {0!r}".format,
    "in a list": lambda secret: f"{[secret]}",
    "in a dataclass": lambda secret: repr(Party(secret, secret, secret)),
    "in an exception": lambda secret: repr(ValueError(secret)) + str(ValueError(secret)),
}

WAYS_TO_COPY: dict[str, Callable[[Private], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy of a list": lambda secret: copy.deepcopy([secret]),
    "asdict": lambda secret: dataclasses.asdict(Party(secret, secret, secret)),
    **{f"pickle {n}": partial(pickle.dumps, protocol=n) for n in range(pickle.HIGHEST_PROTOCOL + 1)},
    "hash": hash,
    "set": lambda secret: {secret},
    "key": lambda secret: {secret: 1},
    "equal": lambda secret: secret == Private(TEXT),
    "equal to its text": lambda secret: secret == TEXT,
    "unequal": lambda secret: secret != Private(TEXT),
    "among": lambda secret: secret in [Private(TEXT), 1],
}


@pytest.mark.parametrize("way", WAYS_TO_PRINT)
def test_a_private_prints_as_stars_however_it_is_printed(way: str) -> None:
    printed = WAYS_TO_PRINT[way](Private(TEXT))
    assert "***" in printed
    assert not any(piece in printed for piece in ("钱", "初一", "139", "5678", "\\u94b1"))


@pytest.mark.parametrize("way", WAYS_TO_COPY)
def test_a_private_is_not_copied_compared_hashed_or_pickled(way: str) -> None:
    with pytest.raises(Misuse) as raised:
        WAYS_TO_COPY[way](Private(TEXT))
    assert "139" not in str(raised.value)


def test_a_private_does_not_become_json() -> None:
    with pytest.raises(TypeError) as raised:
        json.dumps({"phone": Private(TEXT)})
    assert "139" not in str(raised.value)


def test_a_private_is_not_sorted() -> None:
    with pytest.raises(TypeError):
        sorted([Private("b"), Private("a")])  # type: ignore[type-var]  # the wrong use is what is tested


def test_a_logged_private_shows_stars() -> None:
    out = StringIO()
    log = logging.getLogger("tests.private")
    handler = logging.StreamHandler(out)
    log.addHandler(handler)
    try:
        log.error("calling %s, %r", Private(TEXT), Private(TEXT))
    finally:
        log.removeHandler(handler)
    assert out.getvalue() == "calling ***, Private(***)\n"


def test_a_private_has_no_dictionary_to_look_into() -> None:
    assert not hasattr(Private(TEXT), "__dict__")


def test_a_private_opens_to_exactly_what_went_in() -> None:
    assert Private(TEXT).open() == TEXT


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \t\u3000\n", True), (" 李 ", False)])
def test_a_private_says_only_whether_it_is_blank(text: str, blank: bool) -> None:
    assert Private(text).blank is blank
