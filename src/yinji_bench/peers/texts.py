"""Presidio, jionlp and cpca as one uses them on Chinese texts, without a model and without a network.

Presidio has no recogniser for China beyond phones and cards: it runs those over spaCy's blank Chinese, which tokenises only. Its
recogniser of mail addresses is left out, since it asks the network for a list of domains. jionlp looks for phones; cpca parses
divisions. A package that is not installed is left out; its name stands in `absent`.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGES: Final = {"presidio": "presidio_analyzer", "jionlp": "jionlp", "cpca": "cpca"}

_Made = TypeVar("_Made")

Found = list[tuple[int, int]]
"""Spans in a text."""


def absent() -> list[str]:
    """Return the peers that are not installed: `requirements/peers-deid.txt` has them."""
    return [name for name, package in _PACKAGES.items() if find_spec(package) is None]


def finders() -> dict[str, Callable[[str], Found]]:
    """Return what finds phones in a text, by the name of its maker."""
    gone = absent()
    makers = {"presidio": _presidio, "jionlp": _jionlp}
    return {name: _quietly(make) for name, make in makers.items() if name not in gone}


def parsers() -> dict[str, Callable[[str], Any]]:
    """Return what takes an address apart, by the name of its maker. None of them tells a room from the rest."""
    gone = absent()
    makers = {"jionlp": _jionlp_places, "cpca": _cpca}
    return {name: _quietly(make) for name, make in makers.items() if name not in gone}


def _quietly(make: Callable[[], _Made]) -> _Made:
    """Return what ``make`` makes; a package that greets on standard output, or warns, is not heard."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return make()


def _cpca() -> Callable[[str], Any]:
    import cpca  # noqa: PLC0415 - loaded only to be measured, where it is installed

    return lambda text: cpca.transform([text])


def _jionlp() -> Callable[[str], Found]:
    import jionlp  # noqa: PLC0415 - as above

    return lambda text: [each["offset"] for each in jionlp.extract_phone_number(text, detail=True)]


def _jionlp_places() -> Callable[[str], Any]:
    import jionlp  # noqa: PLC0415 - as above

    parse: Callable[[str], Any] = jionlp.parse_location
    return parse


def _presidio() -> Callable[[str], Found]:
    import spacy  # noqa: PLC0415 - as above
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415 - as above
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415 - as above
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, PhoneRecognizer  # noqa: PLC0415 - as above

    engine = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": spacy.blank("zh")}
    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.add_recognizer(PhoneRecognizer(supported_language="zh", supported_regions=("CN",)))
    registry.add_recognizer(CreditCardRecognizer(supported_language="zh"))
    analyse = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"]).analyze
    return lambda text: [(each.start, each.end) for each in analyse(text, "zh")]
