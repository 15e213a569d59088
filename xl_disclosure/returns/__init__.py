"""One unit's facts for one year, read from whatever it sent."""
