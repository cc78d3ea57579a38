"""mofkit: read, check and understand MOF files (Managed Object Format, WMI/CIM)."""
