"""Where sorting codes come from: the order's own columns, a table of divisions, a carrier's reply.

Holds: the order in which sources are asked, and the table of divisions that an operator hands in.
Promises: what the order says stands; the next source fills what it left empty; nothing that a source says is finer than a town.
Never: guesses a code: where no source has one, the label says 人工分拣.
"""
