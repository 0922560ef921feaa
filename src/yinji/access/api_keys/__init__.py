"""API keys: what programs sign in with.

Holds: of each key what it is recognised by, the account it acts as, its scopes, its end, whether it is a test key.
Promises: a key is 256 random bits, shown once and kept as a hash; it does no more than its scopes and its account may; revoking it
or closing its account ends it, in other processes within seconds; what a test key issues is a specimen that never ships.
Never: acts as another account than the one that issued it.
"""
