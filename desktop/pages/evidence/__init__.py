"""How sure one can be: the levels, and where each role of the file stands."""
