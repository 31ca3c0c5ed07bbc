"""What is done with many tasks at once: waiting for them and creating them in bulk."""
