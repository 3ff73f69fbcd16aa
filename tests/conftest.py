"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says more about the machine than about the code: no test may fail for it.
settings.register_profile("harmonyguard", deadline=None)
settings.load_profile("harmonyguard")
