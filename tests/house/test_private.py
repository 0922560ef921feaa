"""Plaintext is opened in few places, and all of them are listed here."""

from __future__ import annotations

import ast

from tests.house.tree import Source, calls, code

OPENERS = {
    "yinji/vault/planning.py": "masks, findings and label texts are worked out from the values, before anything is stored",
    "yinji/vault/probe.py": "the leak probe must know what it searches for; it answers with a field's name only",
    "yinji/vault/sealer.py": "values are sealed and tagged here",
    "yinji/vault/taking_in.py": "order keys are tags over values",
    "yinji/vault/search.py": "searches are tags over values",
    "yinji/vault/proving.py": "digits that somebody shows are compared with what is sealed; the answer is yes or no",
    "yinji/vault/disclosing.py": "where an address names division, unit and room is read off it; places leave, and no text",
    "yinji/vault/showing.py": "a phone is read before it is sought, a name is compared beside it",
    "yinji/doors/intake/opened.py": "rows of one order are compared and joined, refused rows given back to the merchant (decision 0027)",
    "yinji/access/accounts/hashing.py": "an account's secret, which is no delivery user's, is hashed here",
    "yinji/doors/cli/accounts.py": "a new account's secret is shown, once",
    "yinji/doors/cli/api_keys.py": "a new API key is shown, once",
    "yinji/doors/http/console/sign_in.py": "a session's token is handed to the browser it belongs to",
    "yinji/doors/http/console/revealed.py": "the console's one answer in which plaintext is shown, against a permit",
    "yinji/doors/cli/demo_console.py": "the secrets of the demonstration's invented accounts are shown",
    "yinji/doors/intake/uploads/mends.py": "mended cells are kept beside the uploader's own file and laid over it as it is read",
    "yinji/doors/http/console/issue_cells.py": "a refused cell is shown to its uploader to be mended, and no other of its row",
    "yinji/flows/try_template.py": "what is typed to try a template is set and linted in memory, for the answer to whoever typed it",
    "yinji/doors/http/console/template_trial.py": "what was typed to try a template is given back to whoever typed it",
    "yinji/doors/cli/reveal.py": "the one answer in which plaintext is shown, against a permit",
    "yinji/label/inspection/laid_out.py": "the texts of a foreign label are judged in memory; a verdict repeats none (design, section 3)",
}
"""Files that may call `Private.open`. Outside the vault each needs its reason in the design: an adapter's last hop, the
answer to a reveal, exempt labels, inspection of foreign labels, the error file of whoever brought the rows."""

ONCE = {
    "yinji/doors/cli/demo_console.py",
    "yinji/doors/http/console/issue_cells.py",
    "yinji/doors/http/console/revealed.py",
    "yinji/flows/try_template.py",
    "yinji/doors/http/console/template_trial.py",
    "yinji/doors/cli/reveal.py",
    "yinji/doors/cli/accounts.py",
    "yinji/doors/cli/api_keys.py",
    "yinji/doors/http/console/sign_in.py",
}
"""Files that may call it in one place only."""

PRIVATE = "yinji/kernel/private.py"


def openings(source: Source) -> list[str]:
    """Where a `Private` is opened: ``x.open()`` without arguments, the method taken by itself, or the hidden attribute."""
    found: list[str] = []
    bare = {id(each.func): each for each in calls(source.tree) if isinstance(each.func, ast.Attribute)}
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(attr="open"):
                call = bare.get(id(node))
                if (call is not None and not call.args and not call.keywords) or (call is None and _is_private(node.value)):
                    found.append(source.at(node))
            case ast.Attribute(attr="_Private__text") | ast.Constant(value="_Private__text"):
                found.append(source.at(node))
            case ast.Call(func=ast.Name(id="methodcaller" | "attrgetter"), args=[ast.Constant(value="open"), *_]):
                found.append(source.at(node))
    return found


def _is_private(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "Private"


def _places() -> dict[str, list[str]]:
    found = {source.path: openings(source) for source in code() if source.path != PRIVATE}
    return {path: places for path, places in found.items() if places}


def test_a_person_is_opened_in_the_listed_files_only() -> None:
    unlisted = [at for path, places in _places().items() if path not in OPENERS for at in places]
    assert not unlisted, f"carry the Private on, or argue for the place in OPENERS: {unlisted}"


def test_every_listed_file_still_opens_something() -> None:
    assert OPENERS.keys() <= _places().keys(), "drop what no longer opens anything"


def test_an_answer_opens_in_one_place() -> None:
    assert {path: len(_places()[path]) for path in ONCE} == dict.fromkeys(ONCE, 1)


def test_every_way_to_open_is_seen() -> None:
    bad = """
party.name.open()
each = map(Private.open, texts)
private._Private__text
getattr(private, "_Private__text")
methodcaller("open")(private)
path.open("rb")
lock.open(sealed, bound_to=place)
"""
    assert sorted(openings(Source("bad.py", bad))) == [f"bad.py:{line}" for line in (2, 3, 4, 5, 6)]
