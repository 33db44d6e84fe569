"""Template tags; their owner replaces this file."""

from django import template

register = template.Library()
