"""The desk's room for payouts: what reached the bank, and what was in it."""
