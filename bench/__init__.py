"""Speed, measured: `./run bench`. Nothing here is part of the product, and no test asserts a duration.

It makes a database of its own beside the site's, fills it with a set of the programme's size, and measures
each promise of the issue as a ratio against a baseline in the same run. docs/performance.md explains.
"""
