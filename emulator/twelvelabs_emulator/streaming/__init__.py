"""Streams and thumbnails, made from real video."""
