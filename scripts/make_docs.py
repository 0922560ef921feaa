"""Write docs/reference/ from code and records, and README's figures; or compare (--check). Run by `make docs`; works from any folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parent)]

from reference_pages import PAGES  # noqa: E402 - after the path that it is found on
from reference_pages.readme import READMES, with_figures  # noqa: E402 - as above

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
REMEDY = "make docs"


def main() -> int:
    """Write every page; with --check write nothing, name the stale ones and return 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    pages = {FOLDER / name: page() for name, page in PAGES.items()}
    for name, (language, headings) in READMES.items():
        pages[ROOT / name] = with_figures((ROOT / name).read_text(encoding="utf-8"), language, headings)
    stale = [file for file, content in pages.items() if _brought_up_to_date(file, content, check=check)]
    if not stale:
        return 0
    names = ", ".join(str(file.relative_to(ROOT)) for file in stale)
    print(f"stale: {names}; run `{REMEDY}`" if check else f"written: {names}", file=sys.stderr if check else sys.stdout)
    return 1 if check else 0


def _brought_up_to_date(file: Path, content: str, *, check: bool) -> bool:
    """Tell whether a page differed from the code; unless ``check``, it no longer does."""
    if file.is_file() and file.read_text(encoding="utf-8") == content:
        return False
    if not check:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
