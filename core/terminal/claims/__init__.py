"""Commands on claims: files of the ledger, and what is counted from them."""
