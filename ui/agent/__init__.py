"""The agent's desk: one person at a time, ready to call or in a call, and what comes after it."""
