"""Laptops of an office: whose they are, the stock, a code to read out, a forgotten pass phrase, a theft."""
