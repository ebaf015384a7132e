"""How far the migration is."""
