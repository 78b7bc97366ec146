"""The guide: its pages, how they look, and the window that they are read in."""
