"""Numbers without gaps for each series and year; void rows with their reason; the balance check."""
