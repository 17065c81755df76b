"""Official documents: incoming documents, their books, instruction and answer."""
