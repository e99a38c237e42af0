"""Capacity: how many seats, where and when, what breaks, and how long it takes to mend."""
