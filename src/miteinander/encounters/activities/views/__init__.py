"""Screens of the activities app."""
