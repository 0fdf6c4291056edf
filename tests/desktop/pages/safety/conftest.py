from __future__ import annotations

import pytest

from desktop.pages.safety.page import SafetyPage
from desktop.session import Session


@pytest.fixture
def page(session: Session, qtbot: object) -> SafetyPage:
    """File safety over the sample, as a person finds it."""
    made = SafetyPage(session)
    made.entered()
    return made
