"""Where keys are. Tier: embedded default (a folder of files); a PKCS#11 token and replicas by settings.

Holds: the folder of sealed files, the root in files or in a token, copies of the folder in further places.
Promises: a file is there whole or not at all; what others can read is refused; what is destroyed is overwritten first, in every
replica; a root in a token never leaves it.
Cannot: survive a thief who has the whole disk and the account, where the root is a file; reach the old bytes on storage that copies
on write or levels its wear; know of snapshots.
Never: lets a key or a PIN into a message.
"""
