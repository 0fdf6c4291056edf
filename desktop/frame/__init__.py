"""The frame of the window: rail, header, page stack, status bar, palette and details."""
