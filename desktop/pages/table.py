"""Which pages there are: the name in the rail, and the class that makes the page when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from desktop.frame.page import Page
from desktop.frame.window import PageFactory

if TYPE_CHECKING:
    from desktop.session import Session

PAGES: dict[str, tuple[str, str]] = {
    "Portfolio": ("desktop.pages.portfolio.page", "PortfolioPage"),
    "Compare": ("desktop.pages.compare.page", "ComparePage"),
    "Role": ("desktop.pages.role.page", "RolePage"),
    "Import": ("desktop.pages.importing.page", "ImportPage"),
    "Library": ("desktop.pages.library.page", "LibraryPage"),
    "Evidence": ("desktop.pages.evidence.page", "EvidencePage"),
    "Help": ("desktop.pages.help.page", "HelpPage"),
    "File safety": ("desktop.pages.safety.page", "SafetyPage"),
    "Set up": ("desktop.pages.setup.page", "SetupPage"),
    "Checkpoints": ("desktop.pages.checkpoints.page", "CheckpointsPage"),
}
"""Page name to its module and class. What has no place in the rail is reached by a command."""


def page_table(session: Callable[[], Session]) -> Mapping[str, PageFactory]:
    """The pages by name; each is imported and made only when first shown, with the session of that time."""
    return {name: partial(make_page, name, session) for name in PAGES}


def make_page(name: str, session: Callable[[], Session]) -> Page:
    """The page of a name."""
    module, kind = PAGES[name]
    factory: Callable[[Session], Page] = getattr(import_module(module), kind)
    return factory(session())
