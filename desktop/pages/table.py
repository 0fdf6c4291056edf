"""Which pages there are: the name in the rail, and what makes the page when it is first shown."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.frame.page import Page
from desktop.frame.window import PageFactory
from desktop.session import Session


def page_table(session: Session) -> Mapping[str, PageFactory]:
    """The pages by name; each is imported and made only when first shown."""

    def portfolio() -> Page:
        from desktop.pages.portfolio.page import PortfolioPage

        return PortfolioPage(session)

    def role() -> Page:
        from desktop.pages.role.page import RolePage

        return RolePage(session)

    return {"Portfolio": portfolio, "Role": role}
