"""Where the root key comes from. Tier: embedded default. Cannot: survive a thief who has the whole disk and the account."""
