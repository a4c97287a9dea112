-- A fact about two states that are the same state.
SELECT row_ref, fact, from_state, year FROM core.dyad_year_fact WHERE from_state = to_state
