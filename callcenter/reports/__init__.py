"""Figures as typed tables, and what is made of them: PDF, charts, workbook."""
