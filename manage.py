#!/usr/bin/env python
"""Django's commands; finds or starts the local engines unless DESMIGRATIF_MODE=production."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")
    if os.environ.get("DESMIGRATIF_MODE") != "production":
        from desmigratif.local.engines import ensure_running
        from desmigratif.local.trouble import Trouble
        from desmigratif.messages import compile_if_changed

        try:
            ensure_running()
            compile_if_changed()
        except Trouble as trouble:
            sys.exit(str(trouble))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
