"""The names by which the rooms know the records: what they are called as sources, and where replacements lie."""

SOURCE = "register"  # the records that ship
OWN_SOURCE = "register_own"  # a user's own, in COMITY_HOME/records
OVERRIDES = "overrides"  # the folder of own records that stand in the place of shipped ones
