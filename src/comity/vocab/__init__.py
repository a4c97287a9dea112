"""The words: states over time, instruments, domains, levels, labels and audiences, and the shape of `core`.

Each module is its own door (`from comity.vocab.states import find_state`), so that who needs one pays for one.
"""
