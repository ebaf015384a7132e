"""Marathon apps, pods and groups, Metronome jobs and Edge-LB pools: from one network to another."""
