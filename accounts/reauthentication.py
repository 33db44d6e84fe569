"""Type the password again before something that gives rights or shows much (quality.md C21)."""

from allauth.account.decorators import reauthentication_required

# Decorates a view below its door: `@page("GET", "POST", may=...)`, then `@asks_password`. Looking at the
# form is free; sending it asks for the password unless that happened in the last 15 minutes, then goes on
# with what was typed. The form must post to the plain path, without a query.
asks_password = reauthentication_required(enabled=lambda request: request.method == "POST")
