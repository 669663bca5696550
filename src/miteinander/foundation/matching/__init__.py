"""Who fits best: plain calculation that knows no table, no page and no framework."""
