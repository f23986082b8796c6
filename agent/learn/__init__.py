"""What is learned from the log, in a process of its own. The turn reads the tables that it makes and never imports it."""
