"""What panels share: cells, pixels, maps, bars, grids, controls."""
