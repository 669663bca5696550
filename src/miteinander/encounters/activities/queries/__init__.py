"""Reading occasions, by who reads."""
