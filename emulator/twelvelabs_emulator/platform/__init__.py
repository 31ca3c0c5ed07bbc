"""The platform itself: tasks and what becomes of them, durably."""
