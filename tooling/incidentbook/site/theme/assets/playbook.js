/* A playbook as a checklist that remembers: which steps are ticked stays in this browser until somebody resets it.
   Without this script the boxes can be ticked all the same; nothing is remembered then. */
"use strict";

(() => {
  const PREFIX = "incidentbook.playbook.";

  /** What is remembered under a key; nothing where the browser keeps nothing (private windows, blocked storage). */
  const recall = (key) => {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };

  const keep = (key, done) => {
    try {
      if (done.length) localStorage.setItem(key, JSON.stringify(done));
      else localStorage.removeItem(key);
    } catch {
      /* the boxes still work, for as long as the page is open */
    }
  };

  const start = (list) => {
    const steps = [...list.querySelectorAll(":scope > li")];
    const boxes = steps.map((step) => step.querySelector("input[type=checkbox]"));
    const key = PREFIX + list.dataset.ibPlaybook;
    const bar = document.createElement("div");
    bar.className = "ib-done";
    const count = document.createElement("output");
    const meter = document.createElement("progress");
    meter.max = boxes.length;
    meter.setAttribute("aria-label", "Steps done");
    const reset = document.createElement("button");
    reset.type = "button";
    reset.className = "md-button";
    reset.textContent = "Reset";
    bar.append(count, meter, reset);
    list.before(bar);

    const tell = () => {
      const done = boxes.filter((box) => box.checked).length;
      count.textContent = `${done} of ${boxes.length} done`;
      meter.value = done;
      reset.disabled = done === 0;
    };
    const show = () => {
      const done = new Set(recall(key));
      steps.forEach((step, place) => { boxes[place].checked = done.has(step.id); });
      tell();
    };
    list.addEventListener("change", () => {
      keep(key, steps.filter((_, place) => boxes[place].checked).map((step) => step.id));
      tell();
    });
    reset.addEventListener("click", () => {
      keep(key, []);
      show();
      boxes[0].focus();
    });
    // another tab of the same playbook was ticked
    window.addEventListener("storage", (event) => { if (event.key === key || event.key === null) show(); });
    show();
  };

  document.querySelectorAll("[data-ib-playbook]").forEach(start);
})();
