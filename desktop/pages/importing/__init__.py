"""Bringing a spreadsheet in: file, sheet and table, privacy, match, review."""
