"""Write conformance/ from cases that a person has checked; or compare (--check). Works from any folder.

Nothing is written where the engine answers a case otherwise than it was written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parent)]

from conformance_kit.writing import Disagrees, files  # noqa: E402 - after the path that it is found on

FOLDER = Path(__file__).resolve().parents[1] / "conformance"


def main() -> int:
    """Write every file; with --check write nothing, name the stale ones and return 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    try:
        made = files()
    except Disagrees as disagreement:
        print(disagreement, file=sys.stderr)
        return 1
    stale = [name for name, content in made.items() if not _is_kept(FOLDER / name, content)]
    for name in () if check else stale:
        (FOLDER / name).write_text(made[name], encoding="utf-8")
    if stale:
        print(f"{'stale' if check else 'written'}: {', '.join(stale)}", file=sys.stderr if check else sys.stdout)
    return 1 if check and stale else 0


def _is_kept(file: Path, content: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == content


if __name__ == "__main__":
    raise SystemExit(main())
