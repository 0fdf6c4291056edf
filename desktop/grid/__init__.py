"""The entry grid: a model over a frozen state, painting, and a spreadsheet's reflexes. It asks; it never writes."""
