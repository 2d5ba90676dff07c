"""Tactics: differentiate, isolate, identify; the driver that puts them in order."""
