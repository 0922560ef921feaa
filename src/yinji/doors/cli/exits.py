"""Exit codes. ``docs/reference/cli.md`` lists them; they are part of the interface."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    FOUND = 1  # an inspected label breaks a rule
    USAGE = 2  # Typer's own, for wrong options
    ROWS_REFUSED = 3  # some rows were refused, the others are done
    REFUSED = 4  # nothing was done: a refusal
    FAULT = 5  # nothing was done: the node, the disk, the keys
    BROKEN = 6  # the evidence does not verify
    UNTOLD = 7  # no inspected label surely breaks a rule, and of some it cannot be told
    INTERNAL = 70  # a mistake of ours (EX_SOFTWARE of sysexits)
    INTERRUPTED = 130  # stopped from the keyboard (128 + SIGINT)
    TERMINATED = 143  # stopped by the system, or its terminal closed (128 + SIGTERM)
