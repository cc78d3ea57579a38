"""Security of hosts and namespaces."""
