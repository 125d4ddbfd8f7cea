"""The functions that a form may call, by group."""
