"""The documentation as a static site: what is written in the repository, in a Chinese and an English tree, without a script.

Holds the order of pages (`contents.toml`), their frame (`page.html`) and their look (`docs.css`, on the console's own tokens).
Promises that every link of a page leads somewhere, or nothing is written. Never asks anything of another host.
"""

from docs_site.building import build
from docs_site.sources import Broken

__all__ = ["Broken", "build"]
