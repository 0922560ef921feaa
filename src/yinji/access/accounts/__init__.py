"""Named accounts and how they sign in.

Holds: of each named account what its secret is recognised by, who opened it, and how many wrong secrets came of late.
Promises: a secret is shown once and kept as a salted hash; wrong ones are counted before they are compared, so that many at once
are no more tries; closing an account ends its access in that transaction, its hash with it.
Never: keeps a secret, or takes one from an argument list.
"""
