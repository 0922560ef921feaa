"""What a measurement leaves behind: its figures, the command that gave them, the day, the kind of machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def record(bench: str, figures: Mapping[str, Any], *, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures as a record. It names the kind of machine, never the machine; ``load`` is what ran on it in the last five minutes,
    this measurement included. The command spells every option out, in the order of their names: the same run has the same command.
    """
    said = [(name, value if isinstance(value, list) else [value]) for name, value in sorted(options.items())]
    given = [f"--{name} {each}" for name, values in said for each in values]
    return {
        "bench": bench,
        "command": " ".join(["yinji bench", bench, *given]),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "cores_allowed": len(os.sched_getaffinity(0)),
            "load": round(os.getloadavg()[1], 1),
            "python": platform.python_version(),
        },
        "figures": dict(figures),
    }


def processor() -> str:
    """Return the processor's model name, or the kind of machine where none is told."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - a pseudo file
            return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    except OSError:
        return platform.machine()
