from __future__ import annotations

from tests.desktop.conftest import pytest_configure, settings_of_its_own, swept

__all__ = ["pytest_configure", "settings_of_its_own", "swept"]
