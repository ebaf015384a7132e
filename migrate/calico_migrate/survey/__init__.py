"""Every place in a tree of any files that names an old network: whose it is, and what moves it."""
