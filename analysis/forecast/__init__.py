"""Forecasts made before looking, and how they are marked against what happened."""
