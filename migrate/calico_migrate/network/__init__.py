"""Networks of their own: IP pools, profiles, Docker networks; generating, running and verifying them."""
