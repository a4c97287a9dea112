"""Where an agreement stands on a day, and what counts as an engagement, as SQL expressions that every room uses."""

from __future__ import annotations

from comity.vocab.register import SOURCE as REGISTER

# The day is the parameter $on; the columns are those of `core.agreement`, named through the alias `agreement`.
# A text that ended after the day was in force on it, whatever its status says now. A text that has ended without a
# known date was in force or not on an earlier day: that is unknown, and after the last day it was checked it is over.
STANDING = """
    CASE
        WHEN coalesce(agreement.start_date, agreement.signed_date) > $on
            THEN CASE WHEN agreement.signed_date <= $on THEN 'signed' ELSE 'not_yet' END
        WHEN agreement.end_date < $on THEN 'ended'
        WHEN agreement.end_date IS NOT NULL AND agreement.start_date IS NOT NULL
            AND agreement.status IN ('in_force', 'terminated', 'superseded') THEN 'in_force'
        WHEN agreement.status IN ('terminated', 'superseded')
            THEN CASE WHEN agreement.known_until <= $on THEN 'ended' ELSE 'unknown' END
        WHEN agreement.status = 'suspended' AND agreement.known_until > $on THEN 'unknown'
        WHEN coalesce(agreement.start_date, agreement.signed_date) IS NULL AND agreement.known_until > $on
            THEN 'unknown'
        ELSE agreement.status
    END
"""

# What counts as a tie: a text in force, or a declared practice.
IN_FORCE = ("in_force", "voluntary")

# Courses that a published source lists one by one are no engagements to count beside exercises and visits; a training
# engagement counts when the register, which lists what matters, holds it. The alias is `engagement`.
COUNTED = f"(engagement.instrument <> 'training' OR engagement.source = '{REGISTER}')"
