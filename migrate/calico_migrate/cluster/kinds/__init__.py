"""What differs between the kinds of items: how each is read, sent, and seen to have moved."""
