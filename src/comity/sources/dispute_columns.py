"""Columns that the two dispute datasets have in common; the ordinal codes in them are kept as they stand."""

START = ("styear", "stmon", "stday")
END = ("endyear", "endmon", "endday")
LEVELS = {
    "hostility_level": "hostlev",
    "highest_action": "hiact",
    "fatality_level": "fatality",
    "outcome": "outcome",
    "settlement": "settle",
}
