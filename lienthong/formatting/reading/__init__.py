"""Reading documents back: what a DOCX holds (``docx``), and what stands where on pages (``measure…``)."""
