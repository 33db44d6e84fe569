"""Settings, routes, worker and the local launcher. Imported by nobody."""
