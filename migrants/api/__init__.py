"""The same actions for programs: JSON in and out, session and CSRF token as in the browser."""
