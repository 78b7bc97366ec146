"""Where a number comes from: one view for each kind of terms."""
