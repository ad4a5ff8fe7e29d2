/* The header's search on a large site: asks Pagefind's indexes and lists what they find. Nothing is loaded before a reader
   turns to it. */
(() => {
  "use strict";
  const root = document.querySelector(".md-search[data-pagefind]");
  if (!root) return;

  const STEP = 8; // results shown at once: each is a file of its own
  const WAIT = 200; // milliseconds without a key before it asks: the beginning of a word costs bytes, too
  const NARROW = ["Kind", "Severity", "Type", "Service"];
  const base = new URL(root.dataset.pagefind, document.baseURI).pathname; // works below a folder, too
  const words = JSON.parse(document.getElementById("__config").textContent).translations;
  const toggle = document.getElementById("__search");
  const part = (name) => root.querySelector(name);
  const [form, field, output, list] = ["form", "input", ".md-search__output", "#ib-found"].map(part);
  const [count, by, narrow, more] = [".ib-found__count", ".ib-found__by", ".ib-found__narrow", ".ib-found__more"].map(part);
  const first = count.textContent;

  let loaded = null; // the indexes, once somebody asked
  let asked = 0; // which question is the last one
  let found = [];
  let waiting = 0;

  const load = async () => {
    const [{ createInstance }, names] = await Promise.all([
      import(`${base}pagefind.js`),
      fetch(`${base}indexes.json`).then((answer) => answer.json()),
    ]);
    const index = createInstance({ basePath: base, noWorker: true, excerptLength: 22 });
    await index.init();
    await Promise.all(names.map((name) => index.mergeIndex(`${base}${name}/`)));
    return index;
  };
  const indexes = () => {
    loaded ??= load();
    loaded.catch(() => { loaded = null; }); // the next key tries again
    return loaded;
  };

  const element = (name, kind, ...children) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...children);
    return made;
  };

  /* An excerpt as Pagefind writes it, word for word: it becomes text and marks, whatever else a record holds. */
  const marked = (excerpt) => excerpt.split(/<mark>(.*?)<\/mark>/).map((text, place) => {
    const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    return place % 2 ? element("mark", "", plain) : plain;
  });

  const title = (text) => {
    const sought = field.value.match(/[\p{L}\p{N}_-]+/gu);
    if (!sought) return [text];
    return text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${sought.join("|")})`, "giu")).map((piece, place) => (place % 2 ? element("mark", "", piece) : piece));
  };

  const link = (address, ...children) => {
    const made = element("a", "md-search-result__link", element("article", "md-search-result__article md-typeset", ...children));
    made.href = address;
    return made;
  };

  const item = (page) => {
    const { Kind = [], Severity = [] } = page.filters;
    const above = element("p", "ib-found__kind", Kind.join(", "));
    for (const level of Severity) {
      above.append(" ", element("span", `ib-chip ib-chip--${level.replace("-", "").toLowerCase()}`, level));
    }
    const excerpt = element("p", "ib-found__text", ...marked(page.excerpt));
    const made = element("li", "md-search-result__item", link(page.url, above, element("p", "ib-found__title", ...title(page.meta.title)), excerpt));
    const sections = page.sub_results.map((section) => [section.url, title(section.title)]);
    for (const [address, heading] of sections.filter(([address, heading]) => address !== page.url && heading.length > 1).slice(0, 2)) {
      const below = link(address, element("p", "ib-found__section", ...heading));
      below.classList.add("ib-found__below");
      made.append(below);
    }
    return made;
  };

  const say = (number) => {
    count.textContent = number === 0 ? words["search.result.none"]
      : number === 1 ? words["search.result.one"]
      : words["search.result.other"].replace("#", number.toLocaleString("en"));
  };

  const show = async (question) => {
    const next = found.slice(list.childElementCount, list.childElementCount + STEP);
    const pages = await Promise.all(next.map((result) => result.data()));
    if (question !== asked) return;
    list.append(...pages.map(item));
    more.hidden = list.childElementCount >= found.length;
  };

  const chosen = () => Object.fromEntries([...by.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, one.value]));

  const ask = async () => {
    const question = ++asked;
    const text = field.value.trim();
    const filters = chosen();
    if (text.length < 2 && !/[^\0-\x7f]/.test(text) && !Object.keys(filters).length) {
      found = [];
      list.replaceChildren();
      more.hidden = true;
      count.textContent = first;
      return;
    }
    try {
      const answer = await (await indexes()).search(text || null, { filters });
      if (question !== asked) return;
      found = answer.results;
      list.replaceChildren();
      say(found.length);
      part(".md-search__scrollwrap").scrollTop = 0;
      await show(question);
    } catch {
      if (question === asked) count.textContent = "The search cannot be loaded. Check the connection and type again.";
    }
  };

  /* What the records can be narrowed to is a file of its own, which is read when somebody wants to. */
  const offer = async () => {
    const open = by.hidden;
    if (open && !by.childElementCount) {
      try {
        const known = await (await indexes()).filters();
        by.replaceChildren(...NARROW.filter((name) => known[name]).map((name) => select(name, known[name])));
      } catch {
        count.textContent = "The filters cannot be loaded. Check the connection and try again.";
        return;
      }
    }
    by.hidden = !open;
    narrow.setAttribute("aria-expanded", String(open));
    if (open) by.querySelector("select")?.focus();
    else if (Object.keys(chosen()).length) {
      for (const one of by.querySelectorAll("select")) one.value = "";
      ask();
    }
  };
  const select = (name, values) => {
    const made = element("select", "", new Option("Any", ""));
    made.name = name;
    made.setAttribute("aria-label", name);
    for (const value of Object.keys(values).sort()) made.add(new Option(`${value} (${values[value].toLocaleString("en")})`, value));
    return element("label", "", name, made);
  };

  const turn = (on) => { if (toggle.checked !== on) toggle.click(); };
  const turned = () => {
    output.hidden = !toggle.checked;
    if (toggle.checked) {
      indexes().catch(() => {}); // said where the answer is awaited
      if (!root.contains(document.activeElement)) field.focus();
      return;
    }
    field.blur();
    const address = new URL(location.href);
    if (address.searchParams.has("q") && !own) {
      address.searchParams.delete("q");
      history.replaceState(history.state, "", address);
    }
  };

  const step = (way) => {
    const places = [field, ...list.querySelectorAll("a")];
    const at = Math.max(places.indexOf(document.activeElement), 0);
    places[(at + way + places.length) % places.length].focus();
  };

  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const on = document.activeElement;
    if (!toggle.checked) {
      if (!["/", "f", "s"].includes(event.key) || on.isContentEditable || on.matches("input, select, textarea")) return;
      turn(true);
      field.select();
    } else if (event.key === "Escape") {
      turn(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !on.matches("select")) {
      step(event.key === "ArrowDown" ? 1 : -1);
    } else return;
    event.preventDefault();
  };

  const own = document.getElementById("ib-words"); // a page that reads the address for itself
  output.hidden = true;
  toggle.addEventListener("change", turned);
  field.addEventListener("focus", () => turn(true));
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("reset", () => setTimeout(() => { ask(); field.focus(); }));
  by.addEventListener("change", ask);
  narrow.addEventListener("click", offer);
  more.addEventListener("click", async () => {
    const last = list.lastElementChild;
    await show(asked);
    last.nextElementSibling?.querySelector("a").focus();
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) turn(false); });
  root.addEventListener("focusout", (event) => { if (event.relatedTarget && !root.contains(event.relatedTarget)) turn(false); });
  document.addEventListener("keydown", keys);

  const wanted = new URLSearchParams(location.search).get("q");
  if (wanted && !own) {
    field.value = wanted;
    turn(true);
    ask();
  }
})();
