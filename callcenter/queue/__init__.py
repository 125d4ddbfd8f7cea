"""Who calls whom, and when: pure rules over cases, agents, settings and a moment that is handed in."""
