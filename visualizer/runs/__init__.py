"""Training runs: begun and rested, looked at in time, listed, kept and read again."""
