"""Checks of the simulation against itself: `naas verify` and the tests run the same ones."""
