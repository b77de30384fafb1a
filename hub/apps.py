from django.apps import AppConfig


class HubConfig(AppConfig):
    name = "hub"
    verbose_name = "Site"

    def ready(self) -> None:
        """Let `manage.py check` know of our own checks."""
        from hub import checks  # noqa: F401
