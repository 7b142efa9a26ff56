"""What the tests of the store share: time enough for examples on a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "store", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("store")
