"""The ground a panel stands on: its rows, the wider spines its measures are computed on, and every measure filled once.

A measure of states in a panel of pairs is filled on the spine of states and read from there by both sides of a pair;
one without direction in a directed panel is filled once per pair; and one that looks back is computed on all pairs
since 1816, whatever years the panel asks for. So a column is values on a home spine, and for each row of the panel
the row of that spine that speaks of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa

from comity.errors import BadRequest
from comity.panel.facts import Facts, answered, answered_together, listed
from comity.panel.fill import Filled, Values, precision, scatter
from comity.panel.listed import Stated
from comity.panel.measure import Measure
from comity.panel.naming import measure_for
from comity.panel.spines import Places, Spine, spine
from comity.vocab.dates import FIRST_YEAR

SCOPES = ("cells", "years", "history")  # each wider than the one before


@dataclass
class Ground:
    """The store, the rows, and what has been filled so far. `as_of` silences sources published after that day."""

    store: Facts
    rows: Spine
    named: tuple[str, ...] = ()
    as_of: date | None = None
    spines: dict[tuple[str, str], Spine] = field(default_factory=dict)
    filled: dict[tuple[Measure, str], tuple[Spine, Filled]] = field(default_factory=dict)
    answers: dict[tuple[str, tuple[int, int]], pa.Table] = field(default_factory=dict)
    places: dict[tuple[int, int, str], Places] = field(default_factory=dict)

    def keep(self, rows: Spine) -> Ground:
        """The ground under fewer rows; wider spines and what lies on them stay."""
        filled = {key: (home, column) for key, (home, column) in self.filled.items() if home is not self.rows}
        return replace(self, rows=rows, filled=filled, places={})

    def fill(self, measure: Measure, scope: str = "cells") -> tuple[Spine, Filled]:
        """The spine on which a measure lies and its values there; every measure is filled once per scope."""
        if measure.over in SCOPES:
            scope = max(scope, measure.over, key=SCOPES.index)
        key = (measure, scope)
        if key not in self.filled:
            home = self._home(measure, scope)
            made = self._scatter(measure, home) if measure.sql else self._compute(measure, home, scope)
            self.filled[key] = (home, made)
        return self.filled[key]

    def expect(self, measures: list[Measure]) -> None:
        """Read the facts that these measures take from one listing, all in one go, before they are filled."""
        listings: dict[str, dict[Stated, None]] = {}
        for each in measures:
            if isinstance(each.sql, Stated) and (each, "cells") not in self.filled:
                listings.setdefault(each.sql.listing, {})[each.sql] = None
        for stated in listings.values():
            if len(stated) > 1:
                together = answered_together(list(stated), self.rows, self.store)
                self.answers.update({(sql, self.rows.index.years): answer for sql, answer in together.items()})

    def know(self, measure: Measure, answer: pa.Table) -> None:
        """Keep the answer to a measure's SQL, which was asked already, until it is filled."""
        assert measure.sql is not None
        self.answers[measure.sql, self.rows.index.years] = answer

    def _scatter(self, measure: Measure, home: Spine) -> Filled:
        assert measure.sql is not None
        answer = self.answers.pop((measure.sql, home.index.years), None)
        if answer is None:
            answer = answered(measure.sql, home, self.store)
        covering = self.store.coverage(measure.kind) if measure.kind else []
        return scatter(measure, home, listed(measure, home, answer), covering, self.silent)

    def onto(self, measure: Measure, home: Spine, target: Spine) -> list[Places | None]:
        """For each side of a measure in the rows of a spine, the rows of its home; None where they are the same."""
        if target.state_b is None:
            sides = ["a"]
        elif measure.unit == "state_year":
            sides = ["a", "b"]
        else:
            sides = ["ab", "ba"] if measure.is_directed else ["ab"]
        return [None if home is target and side != "ba" else self._places(home, target, side) for side in sides]

    @cached_property
    def silent(self) -> frozenset[str]:
        """The sources that were published only after the day of `as_of`."""
        if self.as_of is None:
            return frozenset()
        abouts = self.store.abouts().values()
        return frozenset(each.source for each in abouts if each.published and each.published > self.as_of)

    def _places(self, home: Spine, target: Spine, side: str) -> Places:
        """The rows of a spine that speak of the rows of another, found once: most columns of a panel share them."""
        key = (id(home), id(target), side)  # both spines live as long as the ground does
        if key not in self.places:
            self.places[key] = home.rows_under(target, side)
        return self.places[key]

    def _home(self, measure: Measure, scope: str) -> Spine:
        """The spine on which a measure is filled: the panel's own rows where those are meant or wide enough."""
        is_of_pairs = measure.unit != "state_year"
        if measure.over == "rows" and scope == "cells" and is_of_pairs == (self.rows.state_b is not None):
            return self.rows
        return self._spine("directed_dyad_year" if measure.is_directed else measure.unit, scope)

    def _spine(self, unit: str, scope: str) -> Spine:
        # Rows of single states are never cut, so without states named they are all there are.
        is_whole = scope == "cells" or (scope == "years" and unit == "state_year" and not self.named)
        if is_whole and unit == self.rows.unit:
            return self.rows
        # All states of the years cost nothing, and all pairs are made only once.
        named = self.named if scope == "cells" and unit != "state_year" else ()
        scope = "years" if scope == "cells" and not named else scope
        if (unit, scope) not in self.spines:
            span = self.rows.index.span
            years = (FIRST_YEAR if scope == "history" else span.first_year, span.last_year)
            self.spines[unit, scope] = spine(unit, self.rows.system, years, named)
        return self.spines[unit, scope]

    def _compute(self, measure: Measure, home: Spine, scope: str) -> Filled:
        folds = "pairs" in measure.parameters
        if folds:  # all pairs of a state count, whichever the panel's rows are
            scope = max(scope, "years", key=SCOPES.index)
        target = self._spine("dyad_year", scope) if folds else home
        arguments: list[Values] = []
        used: list[Filled] = []
        for name in measure.of:
            needed = measure_for("dyad_year" if folds else measure.unit, name)
            lies_on, column = self.fill(needed, scope)
            used.append(column)
            sides = self.onto(needed, lies_on, target)
            arguments += [column.values if at is None else gathered(column.values, at) for at in sides]
        context = {"pairs": target, "rows": home}
        more = {name: context[name] for name in ("pairs", "rows") if name in measure.parameters}
        values = np.asarray(measure.function(*arguments, **more))
        if values.shape != (len(home),):
            raise BadRequest(f"{measure.name} made {values.shape} values for {len(home):,} rows")
        return _made(measure, values.astype(precision(measure), copy=False), used)


def gathered(values: Values, at: Places) -> Values:
    """The values that rows read from a home spine; null where it has no row for them.

    A code that was handed over in a year counts for its last holder in the year, and for each in its own months.
    """
    found = np.take(values, at)
    if len(at) and at.min() < 0:
        found[at < 0] = np.nan
    return found


def _made(measure: Measure, values: Values, used: list[Filled]) -> Filled:
    """A computed column: everything that is said of what it was made of is said of it."""
    return Filled(
        values,
        tuple(sorted({name for each in used for name in each.sources})),
        tuple(sorted({name for each in used for name in each.silenced})),
        tuple(sorted({kind for each in used for kind in each.kinds})),
        measure.is_hindsight or any(each.is_hindsight for each in used),
    )
