"""What another page may ask the import page to do. Qt-free."""

CHOOSE = ("choose", None)
"""Choose a spreadsheet at once."""
