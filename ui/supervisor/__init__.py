"""The supervisor's face: how it goes today, dealing the queues, correcting outcomes."""
