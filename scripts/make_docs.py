"""Write docs/reference/ from the code, or compare it (--check). Run by `make docs`; works from any folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parent)]

from reference_pages import PAGES  # noqa: E402 - after the path that it is found on

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
REMEDY = "make docs"


def main() -> int:
    """Write every page; with --check write nothing, name the stale ones and return 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    stale = [name for name, page in PAGES.items() if _brought_up_to_date(name, page(), check=check)]
    if not stale:
        return 0
    names = ", ".join(f"docs/reference/{name}" for name in stale)
    print(f"stale: {names}; run `{REMEDY}`" if check else f"written: {names}", file=sys.stderr if check else sys.stdout)
    return 1 if check else 0


def _brought_up_to_date(name: str, content: str, *, check: bool) -> bool:
    """Tell whether a page differed from the code; unless ``check``, it no longer does."""
    file = FOLDER / name
    if file.is_file() and file.read_text(encoding="utf-8") == content:
        return False
    if not check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
