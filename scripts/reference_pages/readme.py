"""The table of figures in README.md and README.en.md, between its marks: made from the records, never by hand."""

from __future__ import annotations

from typing import Final

from reference_pages.markdown import table
from reference_pages.records import named, records, words

BEGIN: Final = "<!-- figures: made from docs/reference/benchmarks.json by `make docs` -->"
END: Final = "<!-- figures end -->"
READMES: Final = {"README.md": ("zh", ("项目", "结果")), "README.en.md": ("en", ("what", "figure"))}


def with_figures(text: str, language: str, headings: tuple[str, str]) -> str:
    """Return a README with the table that the records give; raises ValueError where its marks are gone."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"a README has its table of figures between {BEGIN} and {END}")
    figures = named(records())
    rows = [(row[language].format(**figures), row[f"figure_{language}"].format(**figures)) for row in words()["readme"]]
    return f"{before}{BEGIN}\n{table(headings, rows)}\n{END}{after}"
