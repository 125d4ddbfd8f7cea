"""Playing a laptop without a window: load and faults can be put on the whole system from outside."""
