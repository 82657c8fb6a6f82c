"""Fair experiments: who gets which variant, and whether a difference is more than luck.

The comparison is the pooled z-test of two proportions (NIST/SEMATECH e-Handbook of
Statistical Methods, section 7.3.3); the number needed is the usual one for that test
(Fleiss, *Statistical Methods for Rates and Proportions*), counted at a base rate of one
half, where most customers are needed: nobody moves the goal while a test runs.
"""

import hashlib
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

#: Chance of seeing a difference where there is none, and of seeing one that is there.
ALPHA, POWER = 0.05, 0.8
#: So many who paid, and who did not, must be expected in each variant.
EXPECTED = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """Customers of one variant, and how many of them paid."""

    size: int
    paid: int

    @property
    def rate(self) -> float | None:
        return self.paid / self.size if self.size else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``winner`` a, b, or None where luck explains the difference. Without enough
    customers (``missing_a``, ``missing_b``), or with a result too one-sided to judge
    (``is_rare``), there is no verdict and no ``p_value``."""

    needed: int
    missing_a: int
    missing_b: int
    is_rare: bool = False
    p_value: float | None = None
    winner: str | None = None

    @property
    def is_given(self) -> bool:
        return self.p_value is not None


def variant(salt: str, key: int, percent_b: int = 50) -> str:
    """Variant of a customer: always the same for one test, unrelated between tests.

    >>> variant("spring", 7) == variant("spring", 7)
    True
    >>> variant("spring", 7, 0), variant("spring", 7, 100)
    ('a', 'b')
    """
    digest = hashlib.sha256(f"{salt}:{key}".encode()).digest()
    share = int.from_bytes(digest[:8]) % 10_000
    return "b" if share < 100 * percent_b else "a"


def needed(difference: float) -> int:
    """Customers needed in each variant to see that many percentage points.

    >>> needed(15), needed(10)
    (174, 392)
    """
    delta = difference / 100
    low, high = 0.5 - delta / 2, 0.5 + delta / 2
    normal = NormalDist()
    chance = normal.inv_cdf(1 - ALPHA / 2) * sqrt(2 * 0.5 * 0.5)
    chance += normal.inv_cdf(POWER) * sqrt(low * (1 - low) + high * (1 - high))
    return ceil((chance / delta) ** 2)


def p_value(a: Sample, b: Sample) -> float:
    """Chance of a difference at least this large if both variants were equal.

    >>> round(p_value(Sample(200, 100), Sample(200, 120)), 4)
    0.0444
    """
    pooled = (a.paid + b.paid) / (a.size + b.size)
    spread = sqrt(pooled * (1 - pooled) * (1 / a.size + 1 / b.size))
    if not spread:
        return 1.0
    return 2 * (1 - NormalDist().cdf(abs(a.rate - b.rate) / spread))


def compare(a: Sample, b: Sample, difference: float) -> Verdict:
    """The verdict on two variants.

    >>> compare(Sample(30, 10), Sample(25, 12), 15).missing_b
    149
    >>> compare(Sample(200, 80), Sample(200, 120), 15).winner
    'b'
    """
    wanted = needed(difference)
    missing = [max(0, wanted - sample.size) for sample in (a, b)]
    if any(missing):
        return Verdict(wanted, *missing)
    pooled = (a.paid + b.paid) / (a.size + b.size)
    smallest = min(a.size, b.size)
    if smallest * min(pooled, 1 - pooled) < EXPECTED:
        return Verdict(wanted, 0, 0, is_rare=True)
    chance = p_value(a, b)
    better = "b" if b.rate > a.rate else "a"
    winner = better if chance < ALPHA else None
    return Verdict(wanted, 0, 0, p_value=chance, winner=winner)
