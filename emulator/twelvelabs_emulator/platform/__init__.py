"""The platform itself: tasks and their lives, durably."""
