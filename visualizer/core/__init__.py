"""The mathematics the app explains: numpy only, arrays (height, width, channels)."""
