"""A file format and a glosser that igtkit finds where this package is installed."""
