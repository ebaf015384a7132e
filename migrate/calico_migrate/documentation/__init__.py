"""What is generated from the code: pages, tables, and the texts of ``explain``."""
