"""The measures, grouped by what they are about; every function here under `@measure` is a column of a panel."""
