"""Filling: the steps between two lines of an author, from the engine, in his notation.

expansion   a formula taken apart to where two that are equal look alike, each step recorded
bridges     from one formula to another: both are taken apart, and the ways meet where they first look alike
gaps        the lines of a document with the steps that lead to each, every one of them tried with numbers
comparison  a claimed derivative beside the one that is derived
"""
