"""Docker and UCR."""
