"""What the window shows: one frozen scene, a trail through it, and the viewer that changes it."""
