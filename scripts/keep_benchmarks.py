"""Keep what `yinji bench ... --json` wrote as records: python scripts/keep_benchmarks.py FILE... Run by `make bench`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parent)]

from reference_pages.records import keep  # noqa: E402 - after the path that it is found on


def main() -> None:
    """Put each file's record among the others; one of the same command is replaced."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    keep([json.loads(file.read_text(encoding="utf-8")) for file in parser.parse_args().files])


if __name__ == "__main__":
    main()
