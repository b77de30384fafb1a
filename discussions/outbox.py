"""Leaves word for the worker, in the same transaction as what it is about."""

from procrastinate.contrib.django import app


def tell(what: str, **about: int) -> None:
    """Have `discussions.emails` tell people of it, once the change is kept."""
    app.configure_task(f"discussions.emails.{what}").defer(**about)
