"""Formulas written shortly: pages and a cost."""
