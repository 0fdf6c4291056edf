"""Spreadsheets in: guard, read, find tables, read periods and values, check."""
