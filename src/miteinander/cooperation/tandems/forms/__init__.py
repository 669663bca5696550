"""What people type about tandems."""
