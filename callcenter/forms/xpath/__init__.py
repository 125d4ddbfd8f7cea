"""Expressions of a form: text -> syntax tree -> closures over slim nodes."""
