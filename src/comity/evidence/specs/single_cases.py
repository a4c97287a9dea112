"""Claims about one region or one alliance: a single series, or one state against a mixture of others."""

from __future__ import annotations

from comity.evidence.specs.conflict import TARGETED
from comity.evidence.specs.study import Study, spec, variant
from comity.evidence.specs.terms import asked, is_state, product, since, some, years_above

QUARRELS = asked(
    "disputes_of_claimants",
    """SELECT 'CHN' AS state, year(b.start_date)::INTEGER AS year, count(DISTINCT dispute) AS value
    FROM core.dispute_party a JOIN core.dispute_party b USING (dispute, source)
    WHERE source = 'gml_mid' AND a.state = 'CHN' AND b.state IN ('VNM', 'PHL', 'MYS', 'BRN', 'TWN') GROUP BY ALL""",
)


@spec("C29")
def south_china_sea() -> tuple[Study, ...]:
    """Disputes of China with other claimants before and after the Declaration on Conduct of 2002."""
    study = Study(
        outcome="Disputes of China with other claimants of the South China Sea that begin in the year",
        treatment="The Declaration on the Conduct of Parties, from 2003 on",
        per="disputes a year",
        y=QUARRELS,
        d=since(2003),
        only={"not China": is_state("CHN", side="a")},
        unit="state_year",
        years=(1980, 2010),
        designs=("interrupted_series",),
        sources=("gml_mid", "register"),
        selection=(-1, "the declaration was signed when tension had fallen"),
        choices={
            "from 1974": {"years": (1974, 2010)},
            "from 1988": {"years": (1988, 2010)},
            "since 1997, the joint statement": {"d": since(1998)},
            "since 2000": {"d": since(2000)},
        },
    )
    return (study,)


@spec("C43")
def japan() -> tuple[Study, ...]:
    """Disputes begun against Japan before and after the guidelines of 1997 revised the alliance."""
    revised = product(since(1998), is_state("JPN", side="a"))
    study = Study(
        outcome="Disputes begun against Japan in the year",
        treatment="The revised guidelines of the alliance, from 1998 on",
        per="disputes a year",
        y=TARGETED,
        d=revised,
        only={"not Japan": is_state("JPN", side="a")},
        unit="state_year",
        years=(1970, 2010),
        designs=("interrupted_series",),
        sources=("gml_mid", "register"),
        selection=(1, "the alliance was revised as threats rose"),
        choices={
            "from 1960": {"years": (1960, 2010)},
            "from 1978, the first guidelines": {"years": (1978, 2010)},
            "any dispute": {"y": some(TARGETED)},
            "to 2006": {"years": (1970, 2006)},
        },
    )
    seen = {"no dispute begun against it in three of the years 1970 to 1997": years_above(TARGETED, (1970, 1997), 3)}
    twice = {"no dispute begun against it in two of the years 1970 to 1997": years_above(TARGETED, (1970, 1997), 2)}
    mixed = variant(
        study,
        "against a mixture of states",
        only=seen,
        designs=("synthetic_control",),
        choices={
            "from 1978, the first guidelines": {"years": (1978, 2010)},
            "to 2006": {"years": (1970, 2006)},
            "any dispute": {"y": some(TARGETED)},
            "mixed of more states": {"only": twice},
        },
    )
    return study, mixed
