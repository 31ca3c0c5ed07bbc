# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""Contains endpoint functions for accessing the API"""
