"""Pages of stationery."""
