"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no failure: nothing here is tested by the clock.
settings.register_profile("amtweb", deadline=None)
settings.load_profile("amtweb")
