"""Universe packages: which options and literals name the old network, the edits, the proof, what is told."""
