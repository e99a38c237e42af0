"""Runs in a process of their own: what they are asked for, what they tell, and how they stop."""
