"""PRV: the registration of providers."""
