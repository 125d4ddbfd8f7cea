"""What is wrong in a questionnaire, by the cell where its author mends it."""
