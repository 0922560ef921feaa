"""Every silenced warning has its reason beside it."""

from __future__ import annotations

import io
import re
import tokenize

from tests.house.tree import Source, checks, code, scripts

SUPPRESSION = re.compile(r"#\s*(?:noqa|ruff:\s*noqa|type:\s*ignore|mypy:|pyright:\s*ignore|pragma:\s*no\s*cover|nosec)\b")
"""``fmt: skip`` is none: it silences nothing, it keeps a table in columns."""

REASONED = re.compile(
    r"""\#\s*(?:
          (?:ruff:\s*)?noqa:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*      # a code, never a bare one
        | type:\s*ignore\[[\w,\s-]+\]
        | pyright:\s*ignore\[[\w,\s-]+\]
        | mypy:\s*[\w-]+
        | pragma:\s*no\s*cover
        | nosec\s*\w*
    )\s*(?:-|:|;|(?=\#))\s*(?P<reason>\S.*)""",
    re.VERBOSE,
)


def unexplained(source: Source) -> list[str]:
    """Suppressing comments without a reason of two words or more after them."""
    found: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type != tokenize.COMMENT or not SUPPRESSION.search(token.string):
            continue
        rest, reason = token.string, ""
        while SUPPRESSION.search(rest):  # one comment may hold two: the reason ends the line
            match = REASONED.search(rest)
            rest = reason = match["reason"] if match else ""
        if len(reason.split()) < 2:  # one word is a label, not a reason
            found.append(f"{source.path}:{token.start[0]} {token.string}")
    return found


def test_every_suppression_has_its_reason() -> None:
    found = [each for source in (*code(), *checks(), *scripts()) for each in unexplained(source)]
    assert not found, "say why, after the code: " + "\n".join(found)


def test_a_bare_suppression_is_seen() -> None:
    bad = """
x = 1  # noqa: S608 - names come from our own schema
y: Any = 2  # type: ignore[assignment]  # the driver publishes no type
z = 3  # noqa
a = 4  # noqa: S608
b = 5  # type: ignore[arg-type]
c = 6  # noqa: PLC0415 - why
text = "# noqa"
d = 7  # noqa: ANN401 # type: ignore[no-any-return]
"""
    assert [each.split()[0] for each in unexplained(Source("bad.py", bad))] == [f"bad.py:{line}" for line in (4, 5, 6, 7, 9)]
