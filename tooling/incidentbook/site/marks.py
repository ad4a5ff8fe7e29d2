"""The mark before finished HTML in a page's Markdown (see `finished`)."""

MARK = "\x02"  # start of text; `text.plain`, `text.code` and the rewriting of bodies leave no control character in
