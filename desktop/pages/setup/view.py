"""Five questions on one page, each of which can be left out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.pages.setup.state import EVERY, Answers, Own, catalogue, often_watched, starters, suggested
from desktop.widgets import Button, Card, CardFlow, Combo, Field, TickBox, column, label, row, scrolling

NOT_LISTED = "Not in the list"


class SetupView(QWidget):
    """Takes the answers. `asked` comes when they are to be set up, `left` when not now."""

    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._own: Own = ()
        self._keys: list[str] = []
        self.catalogue = Combo("Role of the catalogue")
        self.catalogue.setMinimumContentsLength(20)
        self.catalogue.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.catalogue.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.fields = {
            "name": Field("What you call it", placeholder="Care navigator"),
            "place": Field("Place or team", placeholder="Elm PCN"),
            "launch": Field("First day in post", placeholder="8 Apr 2024, or nothing yet"),
            "phase_in_end": Field("Last day of phase-in, if there is one", placeholder="None"),
            "population": Field("Which people, if not all", placeholder="aged 75+"),
            "amount": Field("Cost in pounds", placeholder="Not known yet"),
            "payer": Field("Who pays", placeholder="Northvale ICB"),
        }
        self.every = Combo("Per month or per year", list(EVERY))
        self._starters = {str(one["key"]): TickBox(str(one["name"])) for one in starters()}
        self.ticks = dict(self._starters)
        self.spend = TickBox("Enter what is really spent, month by month", ticked=True)
        self.watched = label("", "small", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.do, self.leave = Button("Set up this role", "primary"), Button("Not now", "link")
        self.more = QWidget()
        self.more.hide()
        self._lay_out()
        self.offer(())
        self.catalogue.currentIndexChanged.connect(self._chosen)
        self.do.clicked.connect(self.asked)
        self.leave.clicked.connect(self.left)
        self.setFocusProxy(self.catalogue)

    def _lay_out(self) -> None:
        fields = self.fields
        what = Card("1  What is the role?")
        what.add(label("From the catalogue", "caption"), self.catalogue, fields["name"], None)
        where = Card("2  Where?")
        where.add(fields["place"], None)
        when = Card("3  When does it start?")
        when.add(fields["launch"], fields["phase_in_end"], None)
        change = Card("4  What should it change?")
        change.add(label("Tick what you can count; more can be added later.", "small", wrap=True))
        self._suggested = CardFlow(least=210, most_columns=3, gap=2)
        self.more.setLayout(column(label("Suggested for this role", "caption"), self._suggested, gap=2))
        change.add(CardFlow(list(self.ticks.values()), least=210, most_columns=3, gap=2), self.more, self.watched)
        change.add(fields["population"], None)
        cost = Card("5  What does it cost?")
        every = column(label("Every", "caption"), self.every, gap=3)
        money = row(fields["amount"], gap=8)
        money.addLayout(every)
        cost.add(money, fields["payer"], self.spend, None)
        first = CardFlow([what, where, when], least=280, most_columns=3)
        second = CardFlow([change, cost], least=400, most_columns=2)
        intro = label("Leave out what you do not know. Everything can be changed later, and undone.", wrap=True)
        done = row(self.do, self.leave, None, gap=12)
        content = column(intro, first, second, self.problem, done, None, gap=10)
        self.setLayout(column(scrolling(content), gap=0))
        self.problem.hide()

    def offer(self, own: Own) -> None:
        """Offer the catalogue with a team's own entries; what is chosen stays chosen."""
        if self._keys and own == self._own:
            return
        held = self._keys[self.catalogue.currentIndex()] if self._keys else ""
        entries = catalogue(own)
        self._own = own
        self._keys = ["", *(str(one["key"]) for one in entries)]
        self.catalogue.blockSignals(True)
        self.catalogue.clear()
        self.catalogue.addItems([NOT_LISTED, *(str(one["name"]) for one in entries)])
        self.catalogue.setCurrentIndex(self._keys.index(held) if held in self._keys else 0)
        self.catalogue.blockSignals(False)

    @property
    def own(self) -> Own:
        """The own entries that are offered."""
        return self._own

    def answers(self) -> Answers:
        """What was typed and ticked."""
        typed = {name: one.text for name, one in self.fields.items()}
        return Answers(
            **typed,
            catalogue=self._keys[self.catalogue.currentIndex()],
            measures=tuple(key for key, tick in self.ticks.items() if tick.isChecked()),
            every=self.every.currentText(),
            spend=self.spend.isChecked(),
        )

    def show_faults(self, faults: dict[str, str], problem: str = "") -> None:
        """Say at each field what is wrong with it, and under all of them what is wrong with the whole."""
        for name, one in self.fields.items():
            one.show_fault(faults.get(name, ""))
        wrong = next((self.fields[name] for name in self.fields if name in faults), None)
        if wrong is not None:
            wrong.setFocus()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def clear(self) -> None:
        """Take every answer out."""
        for one in self.fields.values():
            one.set_text("")
        for tick in self.ticks.values():
            tick.setChecked(False)
        self.catalogue.setCurrentIndex(0)
        self.every.setCurrentIndex(0)
        self.spend.setChecked(True)
        self.show_faults({})

    def choose(self, key: str) -> None:
        """Choose a role of the catalogue."""
        if key in self._keys:
            self.catalogue.setCurrentIndex(self._keys.index(key))

    def _chosen(self, at: int) -> None:
        key = self._keys[at]
        self.watched.setText(often_watched(key, self._own))
        ticked = {name for name, tick in self.ticks.items() if tick.isChecked()}
        extra = {str(one["key"]): TickBox(str(one["name"])) for one in suggested(key, self._own)}
        for name, tick in extra.items():
            tick.setChecked(name in ticked)
        self.ticks = {**self._starters, **extra}
        self._suggested.set_cards(list(extra.values()))
        self.more.setVisible(bool(extra))
        self.fields["name"].input.setPlaceholderText("Care navigator" if at <= 0 else self.catalogue.currentText())
