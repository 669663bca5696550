"""Screens and files of the exchange app."""
