"""Changes of state in the exchange app: keys of personal feeds, and imports."""
