"""Painting declared pages: the same painter for the preview and the PDF, always on white paper."""
