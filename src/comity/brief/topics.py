"""Topics of a brief that are no place: what is done and agreed about some fields of technology.

A thing belongs to a field by its domains, or by a word in its name. The words are few and plain, so that a reader can
say what is missed: a text on space that does not say so in its name is not found.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field: how it is called, the domains that mean it, and what its names say, as a regular expression."""

    name: str
    domains: tuple[str, ...]
    pattern: str


@dataclass(frozen=True)
class Topic:
    """What a brief on no place is about: some fields, each told apart."""

    title: str
    fields: tuple[Field, ...]

    @property
    def pattern(self) -> str:
        """What a name says that belongs to any of the fields."""
        return "|".join(field.pattern for field in self.fields)

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains of all fields."""
        return tuple(dict.fromkeys(domain for field in self.fields for domain in field.domains))


TOPICS = {
    "technology": Topic(
        "Military technology and its norms",
        (
            Field("cyber", ("cyber",), r"\b(cyber\w*|digital|tallinn mechanism)\b"),
            Field(
                "artificial intelligence and autonomous systems",
                ("autonomous",),
                r"\b(artificial[- ]intelligence|AI|autonom\w*|uncrewed|unmanned|drones?|REAIM)\b",
            ),
            Field(
                "space",
                ("space",),
                r"\b(outer space|on space|space (?:operations|situational|cooperation|threats|code|domain)|"
                r"satellites?|ASAT|Artemis)\b",
            ),
            Field(
                "standards and shared information",
                (),
                r"\b(standardi[sz]ation|standards|interoperability|General Security|"
                r"information[- ]sharing|white shipping|secure communications?|CISMOA|COMCASA|BECA)\b",
            ),
        ),
    )
}
