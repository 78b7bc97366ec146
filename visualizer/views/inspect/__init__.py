"""The Inspect page: input, gallery, strip, maps, curves."""
