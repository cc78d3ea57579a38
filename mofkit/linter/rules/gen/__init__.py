"""GEN: what is asked of any MOF for WMI."""
