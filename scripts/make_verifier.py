"""Write the verifier as one file that Python runs as it is: ``dist/yinji_verify.pyz``. Run by `make verifier`.

The same source gives the same bytes, so that two people can compare what they were given.
"""

from __future__ import annotations

import sys
import zipfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "yinji_verify"
STANDING = (1980, 1, 1, 0, 0, 0)
"""The moment of every file in the archive: a zip file knows none earlier."""

ENTRY = "from yinji_verify.__main__ import run\n\nrun()\n"


def main(target: Path) -> None:
    """Write the archive to ``target`` and say its hash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "__main__.py", ENTRY.encode())
            for source in sorted(PACKAGE.glob("*.py")):
                _add(archive, f"{PACKAGE.name}/{source.name}", source.read_bytes())
    target.chmod(0o755)
    print(f"{target} sha256 {sha256(target.read_bytes()).hexdigest()}")


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, STANDING)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "yinji_verify.pyz")
