"""Handwritten digits of our own: strokes, the handwriting that varies them, the pen."""
