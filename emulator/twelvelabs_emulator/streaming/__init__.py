"""Streams and thumbnails, made of real video."""
