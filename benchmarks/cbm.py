"""What it costs to check 10,000 activities against every rule.

    python benchmarks/cbm.py [--json] [--count N]

The activities are drawn from a fixed seed: of every kind, between 1975 and 2030, with two thirds of the numbers that
rules ask for. Once they are spread over sixteen states; once all of them are land exercises in Poland, which the most
rules speak of, and which quotas count and linking sums as one list; and once these are all of one year, some thirty
beginning each day. Seconds are of CPU; the rules are loaded before, and reading the activities is counted apart.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from comity.cbm import Activity, check, load_regimes
from comity.cbm.vocabulary import vocabulary

STATES = [
    *("POL", "DEU", "RUS", "IND", "PAK", "CHN", "KOR", "PRK", "GRC"),
    *("TUR", "USA", "PHL", "UKR", "JPN", "BRA", "EST"),
]
NUMBERS = {
    "troops": 50_000,
    "tanks": 1_000,
    "acv": 2_500,
    "artillery_100mm": 1_000,
    "distance_km": 200,
    "ships_ge_frigate": 12,
}
LEVELS = ("battalion", "brigade", "division", "corps")


YEARS, ONE_YEAR = (date(1975, 1, 1), 20_000), (date(2027, 1, 1), 365)


def drawn(rng: random.Random, kinds: list[str], hosts: list[str], span: tuple[date, int] = YEARS) -> dict[str, Any]:
    """One activity in plain keys, that begins in so many days from a day."""
    start = span[0] + timedelta(days=rng.randrange(span[1]))
    raw = {"type": rng.choice(kinds), "host": rng.choice(hosts), "start": start.isoformat()}
    if rng.random() < 2 / 3:
        raw["end"] = (start + timedelta(days=rng.randrange(20))).isoformat()
    raw |= {name: rng.randrange(most) for name, most in NUMBERS.items() if rng.random() < 2 / 3}
    return raw | ({"formation_level": rng.choice(LEVELS)} if rng.random() < 1 / 2 else {})


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one run, and what it gave."""
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def measured(count: int) -> list[dict[str, Any]]:
    """One line for each kind of list."""
    load_regimes()
    lists = {
        "every kind, 16 states": (list(vocabulary().activities), STATES, YEARS),
        "land, one state": (["field_exercise"], ["POL"], YEARS),
        "land, one state and year": (["field_exercise"], ["POL"], ONE_YEAR),
    }
    found = []
    for name, (kinds, hosts, span) in lists.items():
        rng = random.Random(2027)
        raws = [drawn(rng, kinds, hosts, span) for _ in range(count)]
        reading, activities = seconds(lambda raws=raws: [Activity.from_dict(raw) for raw in raws])
        checking, checked = seconds(lambda activities=activities: check(activities))
        rows = sum(len(one.rows) for one in checked)
        found.append(
            {"list": name, "activities": count, "rows": rows, "read": round(reading, 2), "check": round(checking, 2)}
        )
    return found


def main() -> None:
    """Print what was measured."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--count", type=int, default=10_000)
    options = asked.parse_args()
    found = measured(options.count)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{len(load_regimes().rules)} rules; CPU seconds")
    for line in found:
        sizes = f"{line['activities']:7,} activities {line['rows']:8,} rows"
        print(f"{line['list']:24} {sizes}   read {line['read']:5.2f}   check {line['check']:5.2f}")


if __name__ == "__main__":
    main()
