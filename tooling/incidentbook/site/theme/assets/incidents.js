/* The index of incidents: narrows and sorts its table. What is chosen stands in the address, so that it can be sent and gone back
   to. The table itself is the data; without this script it shows whole. */
(() => {
  "use strict";

  const STEP = 60; // rows shown at once; the rest waits outside the page, so that no choice has to lay thousands out
  const NAMES = ["q", "type", "service", "factor", "period"];
  const SECONDS = { d: 86400, h: 3600, min: 60, s: 1 };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const number = (text) => text.replace(/\B(?=(\d{3})+$)/g, ",");
  const day = (date) => date.toISOString().slice(0, 10);

  /* 2 h 15 min, as a number of seconds; -1 where a cell says why there is none. */
  const seconds = (text) => {
    const found = [...text.matchAll(/([\d,]+) (d|h|min|s)\b/g)];
    return found.length ? found.reduce((sum, [, n, unit]) => sum + Number(n.replaceAll(",", "")) * SECONDS[unit], 0) : -1;
  };

  /* The first and the last day of 30d, 2025, 2025-Q1, 2025-01 or FROM..TO; null for no period. */
  const span = (text, now) => {
    let match;
    if ((match = /^(\d{1,5})d$/.exec(text))) return [day(new Date(Date.parse(now) - match[1] * 864e5)), now];
    if ((match = /^(\d{4})$/.exec(text))) return [`${text}-01-01`, `${text}-12-31`];
    if ((match = /^(\d{4})-Q([1-4])$/i.exec(text))) {
      const month = match[2] * 3;
      return [`${match[1]}-${String(month - 2).padStart(2, "0")}-01`, `${match[1]}-${String(month).padStart(2, "0")}-31`];
    }
    if (/^\d{4}-\d\d$/.test(text)) return [`${text}-01`, `${text}-31`];
    if ((match = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.exec(text)) && (match[1] || match[2])) {
      return [match[1] || "", match[2] || "9999"];
    }
    return null;
  };

  /* What a row says, read once. */
  const read = (row, place) => {
    const cells = row.cells;
    const list = (name) => (row.dataset[name] ? row.dataset[name].split(" ").map(Number) : []);
    return {
      row,
      place,
      words: fold(row.textContent),
      title: fold(cells[0].firstChild.textContent),
      started: cells[1].textContent,
      severity: cells[2].textContent,
      type: cells[3].textContent,
      seconds: seconds(cells[5].textContent),
      status: cells[6].textContent,
      services: list("s"),
      factors: list("f"),
    };
  };

  const KEYS = [
    (one) => one.title, (one) => -one.place, (one) => one.severity, (one) => one.type, null, (one) => one.seconds, (one) => one.status,
  ];
  const COLUMNS = ["title", "started", "severity", "type", "", "duration", "status"];
  const DESCENDS = new Set(["started", "duration"]); // what a reader wants to see the most of first

  class Register {
    constructor(root) {
      this.form = root.querySelector("form");
      this.body = root.querySelector("tbody");
      this.heads = [...root.querySelectorAll("thead th")];
      this.count = root.querySelector(".ib-filter__count");
      this.empty = root.querySelector(".ib-filter__empty");
      this.more = root.querySelector(".ib-filter__more");
      this.days = root.querySelector(".ib-filter__field--days");
      this.all = [...this.body.rows].map(read);
      this.options = new Map(["service", "factor"].map((name) => [name, this.values(name)]));
      this.labels = new Map([...this.form.querySelectorAll("[name=severity]")].map((box) => [box.value, box.nextSibling.textContent]));
      this.listen();
      this.restore();
    }

    values(name) {
      const select = this.form.elements[name];
      return select ? [...select.options].slice(1).map((option) => option.value) : [];
    }

    listen() {
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("input", (event) => this.change(event.target.name === "q"));
      this.form.addEventListener("change", (event) => { if (event.target.name === "q") this.typing = false; });
      this.form.addEventListener("reset", () => setTimeout(() => { this.sort = ""; this.change(false); }));
      this.more.firstChild.addEventListener("click", () => this.further());
      window.addEventListener("popstate", () => this.restore());
      this.heads.forEach((head, place) => {
        if (!COLUMNS[place]) return;
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        button.addEventListener("click", () => this.order(COLUMNS[place]));
        head.replaceChildren(button);
      });
    }

    /* The address says what is chosen: so it is after a link, and after going back. */
    restore() {
      const query = new URLSearchParams(location.search);
      for (const name of NAMES) {
        const field = this.form.elements[name];
        if (field) this.choose(field, query.get(name) || "");
      }
      const wanted = new Set((query.get("severity") || "").split(","));
      for (const box of this.form.querySelectorAll("[name=severity]")) box.checked = wanted.has(box.value);
      this.sort = COLUMNS.includes((query.get("sort") || "").replace("-", "")) ? query.get("sort") || "" : "";
      this.show();
    }

    choose(field, value) {
      const between = field.name === "period" && value.includes("..");
      if (field.name === "period") {
        [this.days.querySelector("#ib-from").value, this.days.querySelector("#ib-to").value] = between ? value.split("..") : ["", ""];
      }
      if (field.name === "period" && !between && value && span(value, this.form.dataset.now) && !this.has(field, value)) {
        field.add(new Option(value, value));
      }
      field.value = between ? ".." : value;
      if (field.selectedIndex === -1) field.value = "";
    }

    has(select, value) {
      return [...select.options].some((option) => option.value === value);
    }

    get period() {
      const chosen = this.form.elements.period ? this.form.elements.period.value : "";
      if (chosen !== "..") return chosen;
      const [from, to] = ["#ib-from", "#ib-to"].map((name) => this.days.querySelector(name).value);
      return from || to ? `${from}..${to}` : "";
    }

    get severities() {
      return [...this.form.querySelectorAll("[name=severity]:checked")].map((box) => box.value);
    }

    change(typing) {
      this.write(typing);
      this.show();
    }

    write(typing) {
      const query = new URLSearchParams();
      for (const name of NAMES) {
        const field = this.form.elements[name];
        const value = name === "period" ? this.period : field ? field.value.trim() : "";
        if (value) query.set(name, value);
      }
      if (this.severities.length) query.set("severity", this.severities.join(","));
      if (this.sort) query.set("sort", this.sort);
      const said = query.toString().replaceAll("%2C", ",");
      const address = location.pathname + (said ? `?${said}` : "") + location.hash;
      if (address !== location.pathname + location.search + location.hash) {
        history[typing && this.typing ? "replaceState" : "pushState"](null, "", address);
      }
      this.typing = typing; // a word is one step back, however many keys it took
    }

    order(name) {
      const first = DESCENDS.has(name) ? `-${name}` : name;
      const second = DESCENDS.has(name) ? name : `-${name}`;
      this.sort = this.sort === first ? second : this.sort === second ? "" : first;
      this.change(false);
    }

    /* What the form asks for, as one question to each row. */
    wanted() {
      const fields = this.form.elements;
      const words = fold(fields.q.value).split(/\s+/).filter(Boolean);
      const severities = new Set(this.severities.map((value) => this.labels.get(value)));
      const type = fields.type && fields.type.value ? fields.type.selectedOptions[0].textContent : "";
      const service = fields.service ? this.options.get("service").indexOf(fields.service.value) : -1;
      const factor = fields.factor ? this.options.get("factor").indexOf(fields.factor.value) : -1;
      const [from, to] = span(this.period, this.form.dataset.now) || ["", "9999"];
      const dated = from || to !== "9999";
      return (one) =>
        (!severities.size || severities.has(one.severity)) &&
        (!type || one.type === type) &&
        (service < 0 || one.services.includes(service)) &&
        (factor < 0 || one.factors.includes(factor)) &&
        (!dated || (one.started >= from && one.started <= to && one.started !== "unknown")) &&
        words.every((word) => one.words.includes(word));
    }

    show() {
      this.days.hidden = !this.form.elements.period || this.form.elements.period.value !== "..";
      this.found = this.all.filter(this.wanted());
      const name = this.sort.replace("-", "");
      const key = KEYS[COLUMNS.indexOf(name)];
      if (name && key) {
        const way = this.sort.startsWith("-") ? -1 : 1;
        this.found.sort((a, b) => (key(a) < key(b) ? -way : key(a) > key(b) ? way : a.place - b.place));
      }
      this.heads.forEach((head, place) => {
        const current = (name || "started") === COLUMNS[place];
        const descends = name ? this.sort.startsWith("-") : true;
        if (current) head.setAttribute("aria-sort", descends ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      this.shown = Math.min(STEP, this.found.length);
      this.body.replaceChildren(...this.found.slice(0, this.shown).map((one) => one.row));
      this.say();
    }

    further() {
      const first = this.shown;
      this.shown = first > STEP ? this.found.length : Math.min(first + STEP, this.found.length);
      this.body.append(...this.found.slice(first, this.shown).map((one) => one.row));
      this.found[first].row.querySelector("a").focus({ preventScroll: true });
      this.say();
    }

    say() {
      const [found, all] = [this.found.length, this.all.length].map((count) => number(String(count)));
      const left = this.found.length - this.shown;
      this.empty.hidden = this.found.length > 0;
      this.more.hidden = left === 0;
      this.more.firstChild.textContent = this.shown > STEP || left <= STEP ? `Show the other ${number(String(left))}` : `Show ${STEP} more`;
      clearTimeout(this.saying); // whoever types is told once
      const text = found === all ? `All ${all} incidents` : `${found} of ${all} incidents`;
      this.saying = setTimeout(() => { this.count.textContent = text; }, this.count.textContent ? 200 : 0);
    }
  }

  const begin = () => {
    for (const root of document.querySelectorAll(".ib-register:not([data-ready])")) {
      root.dataset.ready = "";
      if (root.querySelector("tbody")) new Register(root);
    }
  };
  if (window.document$) window.document$.subscribe(begin); // where the theme loads pages without leaving the first one
  else begin();
})();
