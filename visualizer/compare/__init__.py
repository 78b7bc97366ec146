"""Networks side by side: the compared networks, their measurements, two linked viewers."""
