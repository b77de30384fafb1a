from django.apps import AppConfig
from django.db.backends.signals import connection_created


class HubConfig(AppConfig):
    name = "hub"
    verbose_name = "Site"

    def ready(self) -> None:
        """Let `manage.py check` know of our own checks, and time the queries."""
        from hub import checks, logs  # noqa: F401

        connection_created.connect(logs.time_queries)
