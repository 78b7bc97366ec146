"""The convolution lab: what is set by hand, and what comes out."""
