"""Draw a piece of template, and words that would do harm if they were not escaped."""

from django.template import Context, Template

HOSTILE = "<script>alert(1)</script>\"'&"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()
