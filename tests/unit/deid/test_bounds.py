"""Hostile texts: a megabyte of anything takes bounded time, and importing one verb loads no more than it needs."""

import subprocess
import sys
import time

import pytest

from yinji.deid import hide, mask_address, mask_name, mask_phone, read_division, read_phone

MEGABYTE = 1_000_000
LONG = 100_000
SECONDS_MAX = 10.0  # linear work takes a fraction of this; quadratic work would take minutes


HOSTILE = ("1-", "一", "张", "@", "a@", "a", "3栋", "3栋1单元放", "找", " ", "86 ", "1 ", "*", "1一", "\ud800")


@pytest.mark.parametrize(
    "text",
    ["1" * MEGABYTE, *(piece * (LONG // len(piece)) for piece in HOSTILE)],
    ids=["a megabyte of digits", *map(ascii, HOSTILE)],
)
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.perf_counter()
    for verb in (mask_name, mask_phone, mask_address, hide):
        assert len(verb(text).text) == len(text)
    read_phone(text)
    read_division(text)
    assert time.perf_counter() - begun < SECONDS_MAX


@pytest.mark.parametrize(
    ("statement", "unloaded"),
    [
        ("import yinji.deid", "yinji.deid.names"),
        ("from yinji.deid import mask_name", "yinji.law.force"),
        ("from yinji.deid import mask_phone", "yinji.deid.address.grammar"),
        ("import yinji.law", "tomllib"),
    ],
)
def test_a_verb_loads_no_more_than_it_needs(statement: str, unloaded: str) -> None:
    check = f"import sys; {statement}; sys.exit({unloaded!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
