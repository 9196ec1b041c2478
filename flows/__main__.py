"""`python -m flows` is `marsad`."""

from flows.command import app

app()
