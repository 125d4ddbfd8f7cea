"""The page of the calling rules: hours, days, waits, limits, who knows whom, and their versions."""
