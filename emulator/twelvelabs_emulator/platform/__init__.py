"""The platform itself: tasks and their lives, durably. It owns the transactions."""
