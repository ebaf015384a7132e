"""Running the generated scripts on the agents: ssh, the journal, and what is known of each agent."""
