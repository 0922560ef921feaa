"""Writers: one folder a format."""
