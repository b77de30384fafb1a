from django.apps import AppConfig


class RumConfig(AppConfig):
    """Nothing but migrations: an installed app only while SEARCH_RUM is 1."""

    name = "guides.rum"
    label = "rum"
