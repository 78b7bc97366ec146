"""Networks: layers, their geometry and terms, limits, and descriptions of all of it."""
