"""comity: the open system for military diplomacy."""

__version__ = "0.1.0"
