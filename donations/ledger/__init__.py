"""Double entry. The ledger does not know what a donation is, so it can be proved right alone."""
