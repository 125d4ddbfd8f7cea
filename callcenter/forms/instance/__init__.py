"""A form being filled in: its nodes, their values, and how a change spreads."""
