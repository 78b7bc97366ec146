"""The stage: one panel in the whole window, in a form made for that room."""
