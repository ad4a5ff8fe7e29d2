"""The press: writes the pages of single records into a site, past MkDocs' own pipeline, from the theme's frame set once.

A knowledge base has thousands of such pages, which differ in their article and little else. MkDocs spends milliseconds on each
whether or not it changed; the press renders the theme once for each kind of page, turns each article into HTML once for each
state of its text, and puts the two together. What comes out is, byte for byte, what MkDocs writes.
"""
