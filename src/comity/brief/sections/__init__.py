"""The sections of a brief: one module for each, found because it lies here."""
