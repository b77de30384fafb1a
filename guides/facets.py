"""What a guide is and whom it is for: the words that lists filter by."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a guide does for its reader."""

    PRIMER = "primer", "Primer"
    HOW_TO = "how-to", "How-to"
    MAP = "map", "Map"
    CHECKLIST = "checklist", "Checklist"
    EXCHANGE = "exchange", "Exchange"


class Stage(TextChoices):
    """When in a stay in government a guide helps."""

    BEFORE = "before-you-start", "Before you start"
    FIRST_DAY = "first-day", "First day"
    FIRST_WEEK = "first-week", "First week"
    FIRST_MONTH = "first-month", "First month"
    ONGOING = "ongoing", "Ongoing"
    LEAVING = "leaving", "Leaving"


class Profession(TextChoices):
    """Whose work a guide is about; a guide without any is for everyone."""

    DEVELOPER = "developer", "Developer"
    ARCHITECT = "technical-architect", "Technical architect"
    SERVICE_DESIGNER = "service-designer", "Service designer"
    INTERACTION_DESIGNER = "interaction-designer", "Interaction designer"
    CONTENT_DESIGNER = "content-designer", "Content designer"
    USER_RESEARCHER = "user-researcher", "User researcher"
    PRODUCT_MANAGER = "product-manager", "Product manager"
    DELIVERY_MANAGER = "delivery-manager", "Delivery manager"
    BUSINESS_ANALYST = "business-analyst", "Business analyst"
    DATA = "data", "Data"
    SECURITY = "security", "Security"
    PERFORMANCE = "performance", "Performance"
    TEST = "test", "Test"
    OPERATIONS = "operations", "Operations"
    COMMERCIAL = "commercial", "Commercial"
    POLICY = "policy", "Policy"


class Tier(TextChoices):
    """The part of the public sector that a guide is about."""

    CENTRAL = "central-department", "Central department"
    AGENCY = "executive-agency", "Executive agency"
    NDPB = "ndpb", "Non-departmental public body"
    DEVOLVED = "devolved", "Devolved government"
    LOCAL = "local", "Local government"
    NHS = "nhs", "NHS"
    POLICE = "police", "Police"
    REGULATOR = "regulator", "Regulator"
    PARLIAMENT = "parliament", "Parliament"
    CROSS = "cross-government", "Across government"
