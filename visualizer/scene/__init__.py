"""What is shown: one frozen scene, a trail through it, and the viewer that changes it."""
