"""The ground: errors, terms, shapes, notation, properties. No state but the table in which terms are made once."""
