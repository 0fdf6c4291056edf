"""The application's one look: which theme is on, and the signal that painters and charts listen to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.theme.dressing import Dressing
from desktop.theme.style import HouseStyle
from desktop.theme.tokens import THEME_NAMES, Theme, theme_named

MIN_SCALE, MAX_SCALE = 0.8, 2.0

_ROLE = QPalette.ColorRole
_PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (_ROLE.Window, "window"),
    (_ROLE.WindowText, "text"),
    (_ROLE.Base, "card"),
    (_ROLE.AlternateBase, "alt"),
    (_ROLE.Text, "text"),
    (_ROLE.Button, "card"),
    (_ROLE.ButtonText, "text"),
    (_ROLE.BrightText, "fix"),
    (_ROLE.Highlight, "sel"),
    (_ROLE.HighlightedText, "text"),
    (_ROLE.PlaceholderText, "off"),
    (_ROLE.Link, "link"),
    (_ROLE.LinkVisited, "link"),
    (_ROLE.ToolTipBase, "card"),
    (_ROLE.ToolTipText, "text"),
    (_ROLE.Light, "card"),
    (_ROLE.Midlight, "header"),
    (_ROLE.Mid, "hair"),
    (_ROLE.Dark, "line"),
    (_ROLE.Shadow, "line"),
    (_ROLE.Accent, "accent"),
)
_EFFECTS = (
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_AnimateToolBox,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_FadeTooltip,
)


def palette_of(theme: Theme) -> QPalette:
    """The full Qt palette of a theme, disabled text included."""
    palette = QPalette()
    for role, token in _PALETTE:
        palette.setColor(role, theme.colour(token))
    if theme.is_high_contrast:
        palette.setColor(_ROLE.HighlightedText, theme.colour("sel_text"))
    for role in (_ROLE.Text, _ROLE.WindowText, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("off"))
    return palette


def system_theme_name() -> str:
    """The theme the system asks for: its contrast preference first, then its colour scheme."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return "high contrast"
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


class Look(QObject):
    """Holds the theme that is on. Lives on the GUI thread; `theme_changed` comes after style and palette are set.

    The theme that is on already, asked for again, changes nothing and tells nobody.
    """

    theme_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: str | None = None
        self._scale = 1.0
        self.theme = theme_named("light")
        self._ready = False
        self.dressing = Dressing(self)

    def start(self) -> None:
        """Set style, effects and fonts once, and follow the system from now on."""
        if self._ready:
            return
        self._ready = True
        QApplication.setStyle(HouseStyle())
        for effect in _EFFECTS:
            QApplication.setEffectEnabled(effect, False)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._apply()

    def choose(self, name: str | None) -> None:
        """Use the named theme; None follows the system."""
        if name is not None and name not in THEME_NAMES:
            text = f"no theme is called {name!r}"
            raise ValueError(text)
        self._chosen = name
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Set the text scale; 1.0 is 100 %, 2.0 is the largest."""
        self._scale = min(max(scale, MIN_SCALE), MAX_SCALE)
        self._apply()

    @property
    def chosen(self) -> str | None:
        """The theme a person chose, or None while the system is followed."""
        return self._chosen

    def _follow(self) -> None:
        if self._chosen is None:
            self._apply()

    def _apply(self) -> None:
        """Put the look on every widget there is; that takes its time, so the look that is on already is left alone."""
        wanted = self._chosen or system_theme_name(), self._scale
        theme = theme_named(*wanted)
        if self._ready and theme == self.theme and self.dressing.is_worn(theme):
            return
        self.theme = theme
        if not self._ready:
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._dress(app)
        self.theme_changed.emit()

    def _dress(self, app: QApplication) -> None:
        """Set palette, font and style sheets."""
        app.setPalette(palette_of(self.theme))
        app.setFont(self.theme.font("body"))
        self.dressing.put_on(app, self.theme)


_LOOKS: list[Look] = []


def look() -> Look:
    """The application's look, started when first asked for; painters read `look().theme` each time they paint."""
    if not _LOOKS:
        _LOOKS.append(Look(QApplication.instance()))
        _LOOKS[0].start()
    return _LOOKS[0]
