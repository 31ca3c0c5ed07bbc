# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""Contains methods for accessing the API"""
