"""Where a relationship stands: indices with their parts, and what limits it."""
