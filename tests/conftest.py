"""Settings every test shares."""

from __future__ import annotations

from hypothesis import settings

# A deadline measures the machine, not the code: speed claims live in benchmarks/.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
