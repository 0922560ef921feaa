"""Make the documentation site in var/site from what is written. Run by `make docs`; works from any folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from docs_site import Broken, build  # noqa: E402 - after the path that it is found on

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make the site; say how many pages it has, or why there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "var" / "site", help="folder of the site; it is emptied first")
    folder = parser.parse_args().to
    try:
        pages = build(ROOT, folder)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    print(f"{pages} pages: {folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
