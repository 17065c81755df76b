"""What the reports count."""
