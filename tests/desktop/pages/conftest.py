from __future__ import annotations

from tests.desktop.pages.sample import sample_file, session

__all__ = ["sample_file", "session"]
