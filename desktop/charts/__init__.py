"""Charts: a picture declared without Qt, and widgets that draw it. pyqtgraph is imported with the first chart."""
