"""How the desktop looks: tokens, generated style sheet, palette, shapes and icons. Start at `look()`."""

from __future__ import annotations

from desktop.theme.look import Look, look
from desktop.theme.marks import Kind, Shape, Verdict
from desktop.theme.tokens import Theme, theme_named

__all__ = ["Kind", "Look", "Shape", "Theme", "Verdict", "look", "theme_named"]
