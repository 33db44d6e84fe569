"""The start of the API, its description, and the calls about places."""
