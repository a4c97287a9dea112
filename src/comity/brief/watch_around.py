"""What stands between the pairs of a watch list besides risk: channels, regimes, what is planned, and recent signs.

The forecast knows none of it but by its inputs. It is put beside the chance so that one who reads a warning sees at
once who can be called, which rules of restraint hold, and what is on the calendar. Not listed is not the same as none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from comity.brief.recurring import SEVERAL, STALE_YEARS, YEAR, often_text, regular_gap
from comity.brief.wording import day_text, long_day, said

if TYPE_CHECKING:
    from comity.store import Store

SINCE = timedelta(days=730)  # how far back an incident is a recent one
RECURRING = timedelta(days=round(STALE_YEARS * YEAR))
RECENT, USUAL = 30, 365  # days of a daily series that are set against those before

UNTOLD = "state on that day not told"
_CHANNELS = """
    SELECT a.party AS one, b.party AS other, c.name, c.channel_kind AS kind, c.level, c.source,
           CASE WHEN c.last_used_date <= $day THEN c.last_used_date END AS used,
           CASE WHEN c.known_until <= $day THEN c.status END AS status, c.known_until AS checked
    FROM core.channel c
    JOIN core.channel_party a USING (source, channel)
    JOIN core.channel_party b USING (source, channel)
    WHERE a.party_kind = 'state' AND b.party_kind = 'state' AND a.party < b.party AND c.status <> 'closed'
      AND coalesce(c.start_date <= $day, true) AND coalesce(c.end_date >= $day, true)
    ORDER BY c.name
"""
_REGIMES = """
    WITH bound AS (
        SELECT r.source, r.regime, r.name, r.status, r.known_until, p.party
        FROM core.regime_status r
        JOIN core.agreement_party p USING (source, agreement)
        WHERE r.status IN ('in_force', 'voluntary') AND p.party_kind = 'state' AND p.role <> 'observer'
          AND r.start_date <= $day AND coalesce(r.end_date >= $day, true)
          AND coalesce(p.start_date <= $day, true) AND coalesce(p.end_date >= $day, true)
    )
    SELECT a.party AS one, b.party AS other, a.name, a.source, min(a.status) AS status, max(a.known_until) AS checked
    FROM bound a JOIN bound b USING (source, regime)
    WHERE a.party < b.party
    GROUP BY ALL
    ORDER BY a.name
"""
_PLANNED = """
    WITH held AS (
        SELECT source, engagement, name, instrument, start_date, start_precision
        FROM core.engagement
        WHERE start_date > $day AND status IN ('planned', 'proposed')
    ), took AS (
        SELECT source, engagement, party FROM core.engagement_party SEMI JOIN held USING (source, engagement)
        WHERE party_kind = 'state' AND list_contains($states, party)
    )
    SELECT a.party AS one, b.party AS other, name, instrument, start_date AS starts, start_precision AS precision,
           source
    FROM held JOIN took a USING (source, engagement) JOIN took b USING (source, engagement)
    WHERE a.party < b.party
    ORDER BY start_date, name
"""
_SERIES = """
    WITH held AS (
        SELECT source, engagement, series, start_date
        FROM core.engagement
        WHERE series IS NOT NULL AND start_date <= $day AND status IN ('completed', 'ongoing')
    ), took AS (
        SELECT source, engagement, party FROM core.engagement_party SEMI JOIN held USING (source, engagement)
        WHERE party_kind = 'state' AND list_contains($states, party)
    )
    SELECT a.party AS one, b.party AS other, s.name, s.instrument, source,
           list(DISTINCT held.start_date ORDER BY held.start_date) AS editions
    FROM held
    JOIN core.series s USING (source, series)
    JOIN took a USING (source, engagement)
    JOIN took b USING (source, engagement)
    WHERE a.party < b.party
    GROUP BY ALL
    HAVING count(DISTINCT held.start_date) >= 2 AND max(held.start_date) >= $since
    ORDER BY s.name
"""
_INCIDENTS = """
    SELECT a.party AS one, b.party AS other, i.name, i.incident_kind AS kind, i.start_date AS starts, i.source
    FROM core.incident i
    JOIN core.incident_party a USING (source, incident)
    JOIN core.incident_party b USING (source, incident)
    WHERE i.start_date BETWEEN $since AND $day AND a.party < b.party
      AND a.party_kind = 'state' AND b.party_kind = 'state'
      AND NOT (a.role = 'actor' AND b.role = 'actor' AND EXISTS (
          SELECT 1 FROM core.incident_party c
          WHERE (c.source, c.incident) = (i.source, i.incident) AND c.role = 'affected'))
    ORDER BY i.start_date DESC, i.name
"""
_ACTIVITY = """
    SELECT least(party, toward_state) AS one, greatest(party, toward_state) AS other, fact, source, date, value
    FROM core.activity_day
    WHERE party_kind = 'state' AND toward_state IS NOT NULL AND date BETWEEN $since AND $day AND value IS NOT NULL
    ORDER BY fact, date
"""


@dataclass(frozen=True)
class Line:
    """One thing that stands between two states: its name, what it is, and what is known of its state."""

    name: str
    kind: str
    state: str
    source: str


@dataclass(frozen=True)
class Around:
    """What stands between two states on a day, as far as it is listed."""

    channels: tuple[Line, ...] = ()
    regimes: tuple[Line, ...] = ()
    planned: tuple[Line, ...] = ()
    incidents: tuple[Line, ...] = ()
    activity: tuple[Line, ...] = ()

    @property
    def open_channels(self) -> int:
        """How many channels are known to be active."""
        return sum(line.kind != "" and line.state.startswith("active") for line in self.channels)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {name: [asdict(line) for line in getattr(self, name)] for name in self.__dataclass_fields__}

    def brief(self) -> str:
        """All of it in one line.

        >>> Around(regimes=(Line("Notice of tests", "regime", "in force", "register"),)).brief()
        'regimes 1 · not listed: channels, plans'
        """
        is_told = any(not line.state.startswith(UNTOLD) for line in self.channels)
        active = f" ({self.open_channels} active)" if is_told else ""
        counts = {
            "channels": f"channels {len(self.channels)}{active}" if self.channels else "",
            "regimes": f"regimes {len(self.regimes)}" if self.regimes else "",
            "plans": f"planned or recurring {len(self.planned)}" if self.planned else "",
        }
        parts = [text for text in counts.values() if text]
        parts += [f"recent incidents {len(self.incidents)}"] if self.incidents else []
        missing = [what for what, text in counts.items() if not text]
        return " · ".join(parts + ([f"not listed: {', '.join(missing)}"] if missing else []))


def around(store: Store, pairs: Iterable[tuple[str, str]], day: date) -> dict[tuple[str, str], Around]:
    """What stands between each pair on a day: channels and their health, regimes, what is planned, recent signs."""
    wanted = {tuple(sorted(pair)): pair for pair in pairs}
    held: dict[str, dict[Any, list[Line]]] = {name: defaultdict(list) for name in Around.__dataclass_fields__}
    states = sorted({state for pair in wanted for state in pair})
    for name, sql, given, line in (
        ("channels", _CHANNELS, {}, _channel),
        ("regimes", _REGIMES, {}, _regime),
        ("planned", _PLANNED, {"states": states}, _plan),
        ("planned", _SERIES, {"states": states, "since": day - RECURRING}, _series),
        ("incidents", _INCIDENTS, {"since": day - SINCE}, _incident),
    ):
        for row in _rows(store, sql, day, given):
            if (row["one"], row["other"]) in wanted:
                held[name][row["one"], row["other"]].append(line(row))
    for key, told in _activity(_rows(store, _ACTIVITY, day, {"since": day - timedelta(days=2 * USUAL)})):
        held["activity"][key].append(told)
    return {
        pair: Around(**{name: tuple(lines.get(key, ())) for name, lines in held.items()})
        for key, pair in wanted.items()
    }


def _rows(store: Store, sql: str, day: date, given: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.ask(sql, {"day": day} | given).to_pylist()
    return rows


def _channel(row: dict[str, Any]) -> Line:
    used = f", last used {row['used'].year}" if row["used"] else ", no use known"
    if row["status"] is None:  # it was checked after the day that is asked about
        return Line(row["name"], said(row["kind"]), f"{UNTOLD}{used} by then", row["source"])
    health = f"{said(row['status']) if row['status'] != 'unknown' else 'state not known'}{used}"
    return Line(row["name"], said(row["kind"]), f"{health}, checked {_month(row['checked'])}", row["source"])


def _regime(row: dict[str, Any]) -> Line:
    status = "in force" if row["status"] == "in_force" else "declared practice"
    return Line(row["name"], "regime", f"{status} when last checked, {_month(row['checked'])}", row["source"])


def _plan(row: dict[str, Any]) -> Line:
    return Line(
        row["name"], said(row["instrument"]), f"planned for {day_text(row['starts'], row['precision'])}", row["source"]
    )


def _series(row: dict[str, Any]) -> Line:
    """A series that goes on, with how often it is held where the gaps that are listed are alike."""
    days: Sequence[date] = row["editions"]
    gap = regular_gap(days)
    often = "" if gap is None else f", {'' if gap == SEVERAL else 'about '}{often_text(gap)}"
    text = f"{len(days)} editions, last {_month(days[-1])}{often}; the next is not announced"
    return Line(row["name"], said(row["instrument"]), text, row["source"])


def _incident(row: dict[str, Any]) -> Line:
    told = row["starts"] is not None and long_day(row["starts"]) in row["name"]  # many are named by their day
    return Line(row["name"], said(row["kind"]), "" if told else day_text(row["starts"]) or "", row["source"])


def _activity(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[tuple[str, str], Line]]:
    """Each daily series in its last days against the year before them; missing days count for neither."""
    series: dict[tuple[str, str, str, str], list[tuple[date, float]]] = defaultdict(list)
    for row in rows:
        series[row["one"], row["other"], row["fact"], row["source"]].append((row["date"], row["value"]))
    for (one, other, fact, source), days in series.items():
        last = days[-1][0]
        new = [value for day, value in days if day > last - timedelta(days=RECENT)]
        old = [
            value for day, value in days if last - timedelta(days=RECENT + USUAL) < day <= last - timedelta(days=RECENT)
        ]
        if old:
            text = (
                f"{sum(new) / len(new):.1f} a day in the {RECENT} days to {day_text(last)}, "
                f"{sum(old) / len(old):.1f} in the year before"
            )
            yield (one, other), Line(said(fact), "daily series", text, source)


def _month(day: date | None) -> str:
    return day_text(day, "month") or "never"
