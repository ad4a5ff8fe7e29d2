"""A knowledge base as figures need it, at one moment: the working tree, or the tree of any commit, from one cache of facts."""
