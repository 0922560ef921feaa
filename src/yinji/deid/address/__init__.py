"""Addresses: what each piece of one is, the division at its head, and the masks of its tail.

Holds: the scanner of designators (`tokens`, `marks`), the grammar that reads them (`grammar`, `steps`, `bare`, `chains`,
`starred`), what words say (`words`, `places`, `remarks`), English forms (`english`), traditional characters (`traditional`),
the whole reading (`reader`, `parts`), the policies (`policy`), the table of divisions with its patch list (`divisions`,
`division_table`).
Promises: the same text gives the same reading and the same mask, of the same length; the parts cover the text, and each says
how it was known; behind the first unit or room nothing is shown that was not understood; the label's mask of its own mask is
that mask; no text raises, and time grows with its length only.
Never: guesses from a list of roads, estates or people.
"""
