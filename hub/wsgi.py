"""What the web server calls: `granian --interface wsgi hub.wsgi:application`."""

import gc
import os

# What is imported stays. Looking again and again for what could go took a seventh of
# the start, and takes time of every page later.
gc.disable()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
application = get_wsgi_application()

from hub.page_cache import PageCache  # noqa: E402  (it needs the applications)

application = PageCache(application, settings.KEPT_PAGES_MB * 1_000_000)

gc.freeze()
gc.enable()
