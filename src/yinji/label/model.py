"""What a label says, before it has its generated codes. Masked texts only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from yinji.kernel.faults import Misuse

PAPERS: Final = "司法文书"
LAW: Final = "法律规定"
ON_DRAFT: Final = "依据草案"
"""How the ground of an exemption begins: a named document, a rule in force, or what is only a draft and is not called law."""

_FEN_A_YUAN: Final = 100
_GRAMS_A_KILOGRAM: Final = 1_000


@dataclass(frozen=True, slots=True)
class PartyMask:
    """A delivery user as a label may show one: already masked texts.

    ``virtual_number`` is a number that may stand whole, because whoever gave it said that it is virtual and it has not expired;
    ``phone`` is empty beside it.
    """

    name: str
    phone: str
    address: str
    virtual_number: str = ""

    def __post_init__(self) -> None:
        """Refuse, as misuse, a virtual number beside a phone: they would stand in one place."""
        if self.virtual_number and self.phone:
            raise Misuse("a virtual number stands instead of the phone")


@dataclass(frozen=True, slots=True)
class Draft:
    """One label before it has its waybill number and token. An empty text, and None, leaves its place on the label empty.

    ``remark`` is already hidden where it was personal. An empty ``sorting_code`` prints the badge 人工分拣 (sort by
    hand). ``destination`` is printed large (大头笔), ``centre`` is 集包地, ``door`` a badge of a door or a station. ``printed_at``
    is text, in the form in which it is printed. A ``specimen`` carries 样张 across and can never be taken for a real label.
    Weight in grams, money in fen (0.01 yuan); ``collect_freight`` is 0 where its amount is not known. ``inspected`` (已验视) and
    ``screened`` (已安检) are true only after that act. ``exemption`` is the ground on which a label shows a person, marked on it;
    ``reprint`` counts the labels made of this waybill before. ``original`` is the number of the waybill that a return label
    sends back. ``freight`` was paid by the sender. ``collected_at`` is where the parcel was really picked up, masked, if not at
    the sender's address, and ``handed_by`` the masked name of who handed it over in the sender's place (快递市场管理办法: 26).
    ``agreed_check`` is how contents are checked at delivery, as agreed with a platform (27).
    """

    recipient: PartyMask
    sender: PartyMask
    contents: str
    pieces: int
    remark: str
    sorting_code: str
    destination: str
    carrier: str
    product: str
    outlet: str
    hotline: str
    printed_at: str
    specimen: bool
    centre: str = ""
    door: str = ""
    package: int = 1
    packages: int = 1
    weight: int | None = None
    collect_goods: int | None = None
    collect_freight: int | None = None
    insured: int | None = None
    courier: str = ""
    return_outlet: str = ""
    clause: str = ""
    inspected: bool = False
    screened: bool = False
    exemption: str = ""
    reprint: int = 0
    original: str = ""
    freight: int | None = None
    collected_at: str = ""
    handed_by: str = ""
    agreed_check: str = ""

    @property
    def pieces_shown(self) -> str:
        """The number of pieces as it is printed."""
        return f"{self.pieces} 件"

    @property
    def package_shown(self) -> str:
        """Which box of the parcel this label is for: ``2/3``."""
        return f"{self.package}/{self.packages}"

    @property
    def weight_shown(self) -> str:
        """The weight in kilograms, two digits behind the point; nothing where it is not known."""
        return "" if self.weight is None else f"{self.weight / _GRAMS_A_KILOGRAM:.2f} kg"

    @property
    def collect_goods_shown(self) -> str:
        """Cash on delivery."""
        return "" if self.collect_goods is None else f"代收货款 ¥{_yuan(self.collect_goods)}"

    @property
    def collect_freight_shown(self) -> str:
        """Freight to be paid by the recipient."""
        if self.collect_freight is None:
            return ""
        return f"到付 ¥{_yuan(self.collect_freight)}" if self.collect_freight else "到付"

    @property
    def insured_shown(self) -> str:
        """The declared value."""
        return "" if self.insured is None else f"保价 ¥{_yuan(self.insured)}"

    @property
    def courier_shown(self) -> str:
        """The courier's code."""
        return self.courier and f"收派员 {self.courier}"

    @property
    def return_shown(self) -> str:
        """The outlet that takes what comes back."""
        return self.return_outlet and f"退回网点 {self.return_outlet}"

    @property
    def freight_shown(self) -> str:
        """Freight that the sender paid."""
        return "" if self.freight is None else f"寄付 ¥{_yuan(self.freight)}"

    @property
    def inspected_shown(self) -> str:
        """The mark of inspected contents (快递暂行条例 2025: 32); nothing before that act."""
        return "已验视" if self.inspected else ""

    @property
    def screened_shown(self) -> str:
        """The mark of security screening (快递暂行条例 2025: 33); nothing before that act."""
        return "已安检" if self.screened else ""

    @property
    def privacy_shown(self) -> str:
        """The mark of a label that shows no person."""
        return "" if self.exemption else "隐私面单"

    @property
    def exemption_shown(self) -> str:
        """The mark of a label that shows a person, with its ground."""
        by_law = "依法" if self.exemption in {PAPERS, LAW} else ""
        return self.exemption and f"{by_law}豁免 {self.exemption}"

    @property
    def reprint_shown(self) -> str:
        """The mark of a label made again."""
        return f"补打 {self.reprint}" if self.reprint else ""


def _yuan(fen: int) -> str:
    return f"{fen // _FEN_A_YUAN}.{fen % _FEN_A_YUAN:02d}"
