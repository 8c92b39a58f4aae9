"""A built book or shelf made into a folder for the public: addresses, feed, data, and checks.

`edition` (what was built) → `page` (each page's head and footer) → `extras` (feed, map of the
site, stubs, pictures, data) → `check` (links, ids, HTML, names, weight) → `folder` (put in place).
"""

from ntm_analysis.publish.site import Published, publish_site

__all__ = ["Published", "publish_site"]
