"""Charts over many communes."""
