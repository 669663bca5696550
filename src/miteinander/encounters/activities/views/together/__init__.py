"""Screens about doing it together: co-hosts, and people who help on a date."""
