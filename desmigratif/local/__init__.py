"""The local launcher: real engines, keys and processes for one copy of the project, without any installation.

`engines.ensure_running()` is what manage.py and the tests call; `cli` is what `./run` hands over to.
"""
