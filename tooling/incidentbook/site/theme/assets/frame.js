// Names for parts of the theme that have none, or share one: a screen reader lists them side by side.
(() => {
  const search = document.querySelector('.md-search[role="dialog"]:not([aria-label])');
  search?.setAttribute("aria-label", search.querySelector("input")?.getAttribute("aria-label") ?? "Search");

  // The theme puts the buttons beside a block of code once it comes into view. They are no place to go to.
  const article = document.querySelector("article");
  const name = () => article.querySelectorAll(".md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "presentation"));
  if (article) new MutationObserver(name).observe(article, { childList: true, subtree: true });
})();
