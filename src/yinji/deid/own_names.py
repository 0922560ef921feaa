"""A person's own name in what that person wrote: found however it is spaced, dressed or shortened.

In a note (contents, remark) the name tells wherever it stands, and of three characters the given name too. In an address a
name may be the name of a place as well (高明 in 佛山市高明区): two characters tell only where they stand as a person does.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.deid.address.divisions import read_division
from yinji.deid.marking import joined
from yinji.deid.names import COMPOUND_SURNAMES
from yinji.deid.normal_form import normal
from yinji.kernel.mask import Span

_TELLING: Final = 2
"""A single character of a name stands in too many words to be searched for."""

_PLAIN_NAME: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_GIVEN_LENGTHS: Final = (3, 4)  # of a Chinese name that has a given name of two characters
_FILLING_SIGNS: Final = "·•・‧*"
"""What people put between the characters of a name, beside white space."""

_FILLING: Final = re.compile(rf"[\s{_FILLING_SIGNS}]")
_AFTERTHOUGHT: Final = re.compile(r"[\[({<【《「,.;:/\\|+0-9].*", re.DOTALL)
_FORM: Final = re.compile(
    "(?:先生|女士|小姐|太太|夫人|阿姨|师傅|老师|教授|医生|律师|大哥|大姐|经理|老板|主任|总监|总经理|同学|同志|亲启|亲收|代收|收|启)+$"
)
_FORM_ENDS: Final = frozenset("生士姐太人姨傅师授哥理板任监学志启收")
_PARTS: Final = re.compile(r"[\s·•・‧]+")

_CUE: Final = (
    r"[\s,.;:、-]*(?:$|[0-9*]{7}|1[0-9* -]{10}|的|收(?![费割购藏储银发])|转(?![盘角塘运弯折])|"
    "家(?![园具居电纺政庄湾坪坝岗沟墩桥浜埭弄店乐福])|先生|女士|小姐|老师|亲启|亲收|本人|电话|手机|联系|代收)"
)
_AS_A_PERSON: Final = re.compile(_CUE)
_NUMBERED: Final = re.compile(
    r"(?:[0-9一二三四五六七八九十](?:号楼?|栋|幢|座|室|弄|组|队|单元|楼|层|户|院)|[0-9*#])[\s,.;:、-]*$"
)
_PLACE: Final = re.compile(
    "大厦|花园|小区|公寓|广场|国际|中心|大道|街|路|镇|乡|村|区|县|市(?!场部)|社区|家园|新城|酒店|宾馆|学校|小学|中学|医院|工业|产业|科技|物流|站|桥|山|湖|苑|城"
)
_BEFORE: Final = 8  # characters before a name among which a house number is looked for


class OwnName(NamedTuple):
    """A name made ready for searching. ``wholes`` tell by themselves; ``given`` only in a note, or where a person stands."""

    wholes: tuple[str, ...]
    given: tuple[str, ...]
    cased: bool = False

    def beside(self, other: OwnName) -> OwnName:
        """Return both names as one, to be searched in one look."""
        return OwnName(self.wholes + other.wholes, self.given + other.given, self.cased or other.cased)

    def stands_in(self, gathered_text: str) -> bool:
        """Say whether a gathered text holds the name or the given name at all: a quick look, a place's name is a hit too."""
        text = gathered_text.lower() if self.cased else gathered_text
        return any(name in text for name in self.wholes) or any(name in text for name in self.given)

    def in_note(self, text: str) -> tuple[Span, ...]:
        """Return where contents or a remark say the name, or the given name."""
        return self._found(self.wholes + self.given, text)

    def in_address(self, text: str) -> tuple[Span, ...]:
        """Return where an address says the name as a person's, not as a place's."""
        if not self.wholes:
            return ()
        return tuple(span for span in self._found(self.wholes + self.given, text) if self._is_person(text, span))

    def whole_in(self, text: str) -> bool:
        """Say whether a text that another person wrote holds the name, where it is long enough to be no coincidence."""
        return bool(self._found(tuple(whole for whole in self.wholes if len(whole) > _TELLING), text))

    def _is_person(self, text: str, span: Span) -> bool:
        plain = normal(text)
        said = gathered(text[span.start : span.end]).lower()
        if len(said) > _TELLING and said in self.wholes:
            return True
        division = read_division(text)
        if division is not None and span.start < division.end:
            return False
        if _AS_A_PERSON.match(plain, span.end):
            return True
        numbered = _NUMBERED.search(plain[max(0, span.start - _BEFORE) : span.start])
        return numbered is not None and _PLACE.match(plain, span.end) is None

    def _found(self, needles: tuple[str, ...], text: str) -> tuple[Span, ...]:
        if not self.stands_in(gathered(text)):
            return ()
        plain = normal(text)
        lower = plain.lower() if self.cased and len(plain.lower()) == len(plain) else plain  # İ grows
        places = [place for place, character in enumerate(lower) if not _FILLING.match(character)]
        lower = "".join([lower[place] for place in places])
        spans: list[Span] = []
        for needle in needles:
            at = lower.find(needle)
            while at >= 0:
                end = at + len(needle)
                span = Span(places[at], places[end - 1] + 1)
                if not needle.isascii() or _stands_alone(plain, span):
                    spans.append(span)
                at = lower.find(needle, end)
        return joined(spans)


def own_name(name: str) -> OwnName:
    """Make a name ready for searching. Titles, afterthoughts in brackets and numbers behind it are not part of it."""
    if _PLAIN_NAME.fullmatch(name) and (name[-1] not in _FORM_ENDS or not _FORM.search(name)):
        return OwnName((name,), _given(name))
    plain = normal(name).strip()
    core = _AFTERTHOUGHT.sub("", plain) or plain
    written = [part for part in (_FORM.sub("", core), core, plain) if len(gathered(part)) >= _TELLING]
    if not written:
        return OwnName((), ())
    whole = gathered(written[0]).lower()
    parts = tuple(part.lower() for part in _PARTS.split(written[0]) if len(part) > _TELLING and part.lower() != whole)
    return OwnName((whole, *parts), _given(whole), cased=whole.upper() != whole)


def gathered(text: str) -> str:
    """Return a text as names are searched in it: in normal form, without white space, dots and stars."""
    together = "".join(normal(text).split())
    for sign in _FILLING_SIGNS:
        if sign in together:
            together = together.replace(sign, "")
    return together


def _given(name: str) -> tuple[str, ...]:
    if len(name) not in _GIVEN_LENGTHS or not _PLAIN_NAME.fullmatch(name):
        return ()
    surname = 2 if name[:2] in COMPOUND_SURNAMES else 1
    return (name[surname:],) if len(name) - surname >= _TELLING else ()


def _stands_alone(text: str, span: Span) -> bool:
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return not any(character.isascii() and character.isalnum() for character in around)
