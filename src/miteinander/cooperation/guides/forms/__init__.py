"""What people type about guides."""
