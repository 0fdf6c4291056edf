"""Numbers in, numbers out: impact, economics, evidence and the vocabulary they share. No Qt, no SQL, no files."""
