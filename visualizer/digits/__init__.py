"""Where a digit comes from: data sets, pictures, and the next one that is misread."""
