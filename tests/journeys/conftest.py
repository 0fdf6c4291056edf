from __future__ import annotations

from tests.desktop.conftest import pytest_configure, swept

__all__ = ["pytest_configure", "swept"]
