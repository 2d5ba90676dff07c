"""Stationary points: the derivative set to zero and solved for its variable, by rules on equations."""
