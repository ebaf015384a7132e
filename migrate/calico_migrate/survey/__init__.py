"""`survey`: every place in a tree of any files that still names an old network, whose it is, and what moves it."""
