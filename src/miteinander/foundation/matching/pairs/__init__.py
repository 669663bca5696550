"""Bringing two people, or a few, together so that everybody gives and gets."""
