"""Statistics and statutory reports over all apps."""
