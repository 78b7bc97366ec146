"""The gears of training."""

GEARS = (0, 20, 5, 1)  # batches a second; 0: all that the machine can
