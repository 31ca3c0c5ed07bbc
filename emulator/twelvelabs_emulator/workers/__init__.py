"""Processes that read video, so that whatever a video does to its reader ends with that process."""
