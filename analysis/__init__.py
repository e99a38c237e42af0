"""What results mean: contributions, sensitivities, checks and forecasts, computed from experiments."""
