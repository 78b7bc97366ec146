"""The convolution lab: the state set by hand, and its response."""
