"""Settings of the whole suite."""

from __future__ import annotations

import os

from hypothesis import settings

# A submission is judged on the same examples each time it is judged; everyone else draws new ones with every run.
settings.register_profile("judged", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("judged")
