"""What panels share: look, theme, text, pixels, maps, bars, grids, controls."""
