"""Keys: suites, the hierarchy root → organisation → period → record, puncturable trees, signing.

Holds: the key store (sealed files outside the data database) and the ciphers; with the vault the only room that touches one.
Promises: a record key comes from a tree whose nodes can be taken away one by one; period secrets are random, so that
nothing that still exists can derive them again once they are destroyed.
Never: lets a key into a log, an exception, an argument list, or a backup of data.
"""
