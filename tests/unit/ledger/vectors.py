"""The published test vectors, as tests read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
VECTORS: dict[str, Any] = json.loads((ROOT / "tests" / "vectors" / "ledger.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "reference" / "evidence.md").read_text("utf-8")
