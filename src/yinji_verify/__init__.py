"""The offline verifier of Yinji's evidence: reads an exported log and says whether it is what was signed.

Holds: readers of entries, tiles, checkpoints and proofs, a check of Ed25519 signatures, a command
(``python -m yinji_verify FOLDER``). Standard library only; shares no code with the program that writes.
Promises: every entry is read and hashed again; a verdict of "verified" means canonical form, tree, signature and, where a
kept checkpoint was given, that nothing before it changed. Whatever cannot be judged is never called verified.
Never: writes; opens a network; trusts a key that came with the log unless it says so.
"""

from yinji_verify.folder import verify_folder
from yinji_verify.items import verify_proof
from yinji_verify.verdict import Verdict

__all__ = ["Verdict", "verify_folder", "verify_proof"]
