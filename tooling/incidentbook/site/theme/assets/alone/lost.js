/* The page for what is not there: takes the words out of the address and opens the theme's search with them. It runs before the
   theme's own script, which reads the address for words to search for. */
(() => {
  "use strict";
  const form = document.querySelector(".ib-lost");
  if (!form) return;

  const home = new URL(document.querySelector("a.md-logo").href).pathname; // works below a folder, too
  const path = location.pathname.startsWith(home) ? location.pathname.slice(home.length) : location.pathname;
  const decoded = (() => {
    try { return decodeURIComponent(path); } catch { return path; }
  })();
  const parts = decoded.replace(/\.(html?|md)$/, "").split("/").filter((part) => part && part !== "index");
  const last = parts.at(-1) || "";
  const id = /\b(INC|AI)-\d{4}-\d+(-\d+)?\b/i.exec(last);
  const words = (id ? id[0] : last.replace(/[^\p{L}\p{N}]+/gu, " ")).trim().slice(0, 80);

  form.hidden = false;
  form.elements.q.value = words;
  const index = form.querySelector("[data-incidents]");
  index.href += `?${new URLSearchParams({ q: words })}`;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = document.querySelector(".md-search__input");
    const toggle = document.getElementById("__search");
    if (!field || !toggle) { location.href = index.href.replace(/\?.*/, `?${new URLSearchParams({ q: form.elements.q.value })}`); return; }
    if (!toggle.checked) toggle.click();
    field.value = form.elements.q.value;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });
  if (words && !new URLSearchParams(location.search).has("q")) {
    const address = new URL(location.href);
    address.searchParams.set("q", words);
    history.replaceState(null, "", address);
  }
})();
