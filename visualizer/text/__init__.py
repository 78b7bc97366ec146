"""Numbers and sentences of the screen; no Qt."""
