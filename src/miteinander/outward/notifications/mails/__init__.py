"""The words and the form of letters."""
