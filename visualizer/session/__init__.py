"""What the window can be asked to do, with neither widgets nor pixels."""
