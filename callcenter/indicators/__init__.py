"""Answers -> figures about young people: who slid down a track, who left school early."""
