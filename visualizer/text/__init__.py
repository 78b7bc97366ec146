"""Sentences and number formats of the screen; no Qt."""
