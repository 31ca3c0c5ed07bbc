"""The platform over HTTP: requests validated against the contract, responses as it says."""
