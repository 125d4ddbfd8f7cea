"""Outcome rates of AAPOR from disposition counts, and LOC; undefined is never zero."""

from callcenter.rates.formulas import NAMES, Counts, Rates, eligible_share, rates_of

__all__ = ["NAMES", "Counts", "Rates", "eligible_share", "rates_of"]
