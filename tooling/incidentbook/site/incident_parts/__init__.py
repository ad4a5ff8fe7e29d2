"""Parts of the page of one incident, each finished HTML; a part with nothing to say is empty."""
