"""The offline verifier of Yinji's evidence: reads an exported log, a proof or a receipt, and says whether it is what was signed.

Holds: readers of entries, tiles, checkpoints, cosignatures, proofs and receipts, a check of Ed25519 signatures, a command
(``python -m yinji_verify FOLDER``). Standard library only; shares no code with the program that writes.
Promises: every entry is read and hashed again; a verdict of "verified" means canonical form, tree, signature, the witnesses
that were asked for and, where a kept checkpoint was given, that nothing before it changed. Whatever cannot be judged is never
called verified.
Never: writes; opens a network; trusts a key that came with the log unless it says so.
"""

from yinji_verify.folder import trusted, verify_folder
from yinji_verify.items import verify_file
from yinji_verify.notes import Trust
from yinji_verify.verdict import Verdict

__all__ = ["Trust", "Verdict", "trusted", "verify_file", "verify_folder"]
