"""The interval of a share.

Source: E. B. Wilson, Probable inference, JASA 22 (1927), without continuity correction; 95 %.
"""

from __future__ import annotations

from math import sqrt

_Z = 1.959963985


def wilson(x: float, n: float) -> tuple[float, float] | None:
    """Return the 95 % interval of x out of n, or None when n is 0."""
    if not n:
        return None
    share, z2 = x / n, _Z * _Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)
