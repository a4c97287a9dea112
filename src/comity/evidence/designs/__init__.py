"""The designs of the evidence ledger: one module for each, found because it lies here."""
