"""Stories that the whole product plays on real input, in a database of their own."""
