"""Ways in: the only place that knows a framework.

Holds: the command line, the door over HTTP, the worker, and the reading of order files that every door shares.
Promises: plaintext of a person is wrapped in the statement that parses it; what is refused is said with place and remedy, in the
user's language; no traceback reaches a user.
Never: decides; a door asks a flow.
"""
