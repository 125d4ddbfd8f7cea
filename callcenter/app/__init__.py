"""The composition root: the only place that knows windows, use cases and stores; nothing else lives here."""
