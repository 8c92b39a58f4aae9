"""Plausible sizes of what made-up communes count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a made-up commune is.

    Attributes
    ----------
    households, population, workers, hamlets : int
    """

    households: int
    population: int
    workers: int
    hamlets: int

    @classmethod
    def draw(cls, rng: Rng) -> Scale:
        """Draw a commune: about 2,000 households, from 600 to 6,000, in hamlets of 180 to 420."""
        households = int(np.clip(rng.lognormal(np.log(2000), 0.4), 600, 6000))
        population = int(households * rng.uniform(3.1, 3.8))
        workers = int(population * rng.uniform(0.5, 0.6))
        hamlets = max(3, round(households / rng.uniform(180, 420)))
        return cls(households, population, workers, hamlets)


BASES: Final[Mapping[str, Callable[[Scale, Rng], float]]] = {
    "households": lambda s, _: s.households,
    "population": lambda s, _: s.population,
    "workers": lambda s, _: s.workers,
    "hamlets": lambda s, _: s.hamlets,
    "houses": lambda s, rng: int(s.households * rng.uniform(0.97, 1.0)),
    "commune_roads": lambda _, rng: round(rng.uniform(5, 15), 2),
    "hamlet_roads": lambda s, rng: round(s.hamlets * rng.uniform(1.5, 3.5), 2),
    "alleys": lambda s, rng: round(s.hamlets * rng.uniform(1, 4), 2),
    "field_roads": lambda s, rng: round(s.hamlets * rng.uniform(1, 4), 2),
    "farmland": lambda s, rng: round(s.households * rng.uniform(0.1, 0.22), 2),
    "main_crop_area": lambda s, rng: round(s.households * rng.uniform(0.03, 0.09), 2),
    "small_works": lambda _, rng: int(rng.integers(20, 60)),
    "schools": lambda _, rng: int(rng.integers(3, 6)),
    "subscribers": lambda s, rng: int(s.population * rng.uniform(0.6, 0.8)),
    "main_products": lambda _, rng: int(rng.integers(4, 9)),
    "disputes": lambda _, rng: int(rng.integers(20, 60)),
    "legal_aid_requests": lambda _, rng: int(rng.integers(10, 40)),
    "establishments": lambda s, rng: int(s.households * rng.uniform(0.05, 0.12)),
    "domestic_waste": lambda s, rng: round(s.population * rng.uniform(0.12, 0.18), 1),
    "other_waste": lambda s, rng: round(s.population * rng.uniform(0.015, 0.04), 1),
    "hazardous_waste": lambda s, rng: round(s.population * rng.uniform(0.0002, 0.0008), 1),
    "organic_waste": lambda s, rng: round(s.population * rng.uniform(0.15, 0.3), 1),
    "plastic_waste": lambda s, rng: round(s.population * rng.uniform(0.01, 0.02), 1),
    "livestock_households": lambda s, rng: int(s.households * rng.uniform(0.15, 0.3)),
    "deaths": lambda s, rng: int(s.population * rng.uniform(0.006, 0.008)),
    "water_works": lambda _, rng: int(rng.integers(2, 5)),
    "food_operators": lambda _, rng: int(rng.integers(40, 140)),
    "food_processors": lambda _, rng: int(rng.integers(3, 12)),
    "landfills": lambda _, rng: int(rng.integers(1, 4)),
}
"""The wholes that rates are shares of."""


def base(name: str, kind: str, scale: Scale, rng: Rng) -> float:
    """Return a plausible size of a whole; of any other variable, a number of its kind."""
    if name in BASES:
        return BASES[name](scale, rng)
    return int(rng.integers(40, 200)) if kind == "count" else round(rng.uniform(40, 200), 2)
