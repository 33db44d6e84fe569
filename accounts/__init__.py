"""Users, roles, sign-in, and how a form behaves."""
