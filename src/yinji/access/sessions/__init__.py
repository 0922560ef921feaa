"""Sessions: who is signed in at the console, until when.

Holds: of each session what its token is recognised by, whose it is, when it began and when it was last seen.
Promises: a token is 256 random bits made here at sign-in, never taken from whoever asks; it ends after a while without a request,
after a while in any case, and with its account; ending all of an account's sessions ends them in that transaction.
Never: keeps a token, only its hash.
"""
