"""The rule language: pages of rules, holes, matching, and the normal form by which terms are compared."""
