"""Prefect flows and the `marsad` command: the running system."""
