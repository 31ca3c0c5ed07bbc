"""Proof that the tests bite: small faults, put into the project one at a time, that the tests must find."""
