"""The causes of an incident as one graph, whatever a post-mortem writes of them: nodes and links, 5 whys, or both.

`graph` makes it, `outline` and `notation` say it as text, `layout` gives its nodes a place in a
picture (by `rows`, `order` and `places`). No colours here.
"""
