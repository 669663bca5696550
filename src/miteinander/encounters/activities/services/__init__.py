"""Changing occasions, by what is done."""
