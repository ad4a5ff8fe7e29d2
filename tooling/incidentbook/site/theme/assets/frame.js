// Names for parts of the theme that have none, or share one: a screen reader lists them side by side.
(() => {
  const search = document.querySelector('.md-search[role="dialog"]:not([aria-label])');
  search?.setAttribute("aria-label", search.querySelector("input")?.getAttribute("aria-label") ?? "Search");

  // The theme puts the buttons beside a block of code once it comes into view. They are no place to go to.
  const article = document.querySelector("article");
  const name = () => article.querySelectorAll(".md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "presentation"));

  // Pages of records come with the permanent link of their title alone. The theme may put another page in the place of one.
  const link = () => {
    const first = document.querySelector("article h1 > .headerlink[data-all]");
    first?.removeAttribute("data-all");
    for (const heading of first ? document.querySelectorAll("article :is(h2, h3, h4, h5, h6)[id]") : []) {
      const own = first.cloneNode(true);
      own.href = `#${heading.id}`;
      heading.append(own);
    }
  };
  link();
  window.document$?.subscribe(link);

  if (article) new MutationObserver(name).observe(article, { childList: true, subtree: true });
})();
