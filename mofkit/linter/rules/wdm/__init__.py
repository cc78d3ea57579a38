"""WDM: the classes that drivers implement, as WMI's WDM provider and wmimofck want them."""
