"""Invented people: who they are, what they would answer, and shifts played on a rehearsed clock."""
