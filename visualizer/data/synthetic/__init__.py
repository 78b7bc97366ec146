"""Handwritten digits of our own: strokes, the hands that vary them, the pen."""
