"""Makes diagnostics bundles: healthy clusters of every form, release and mode, and faults to plant in them."""
