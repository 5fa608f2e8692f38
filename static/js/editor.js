// The editor works without this script. It adds: a warning before typed text is left behind, suggestions for names,
// folds that stay open when the form comes back, and a jump to the line of a fault.
(() => {
  "use strict";
  const form = document.getElementById("entry-form");
  if (!form) return;

  // -- leaving with unsaved text
  let unsaved = form.hasAttribute("data-unsaved");
  let leaving = false;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", (event) => { leaving = event.submitter?.formTarget !== "_blank"; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved && !leaving) event.preventDefault(); });

  // -- folds that were open stay open when a part is added, moved or removed
  const folds = () => [...form.querySelectorAll("li.part > details, details.group")];
  const place = (fold) => fold.id || fold.parentElement.id;
  const key = `open:${location.pathname}`;
  try {
    if (form.hasAttribute("data-unsaved")) {
      const open = new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
      folds().forEach((fold) => { if (open.has(place(fold))) fold.open = true; });
    }
    form.addEventListener("submit", () => {
      sessionStorage.setItem(key, JSON.stringify(folds().filter((fold) => fold.open).map(place)));
    });
  } catch { /* no storage: folds close */ }

  // -- suggestions
  const source = (kind) => form.dataset.names.replace(/entry\/$/, `${kind}/`);
  const listOf = (kind) => {
    const id = `names-${kind}`;
    let list = document.getElementById(id);
    if (!list) {
      list = document.createElement("datalist");
      list.id = id;
      form.append(list);
    }
    return list;
  };
  const seen = new Set(); // every name that was suggested
  const ask = async (kind, words) => {
    const answer = await fetch(`${source(kind)}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { results } = await answer.json();
    listOf(kind).replaceChildren(...results.map(({ name, title }) => {
      seen.add(name);
      const option = document.createElement("option");
      option.value = name;
      option.textContent = title;
      return option;
    }));
  };
  const suggest = (input, kind) => {
    let timer;
    input.setAttribute("list", listOf(kind).id);
    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.length > 1) timer = setTimeout(() => ask(kind, input.value).catch(() => {}), 150);
    });
  };
  form.querySelectorAll("input[data-suggests]").forEach((input) => suggest(input, input.dataset.suggests));
  form.querySelectorAll("textarea[data-suggests]").forEach((area) => {
    const label = form.querySelector(`label[for="${CSS.escape(area.id)}"]`).firstChild.textContent.trim();
    const finder = document.createElement("input");
    finder.type = "text";
    finder.className = "finder";
    finder.placeholder = "Find to add…";
    finder.autocomplete = "off";
    finder.setAttribute("aria-label", `Find to add to ${label.toLowerCase()}`);
    suggest(finder, area.dataset.suggests);
    [...listOf(area.dataset.suggests).options].forEach((option) => seen.add(option.value));
    const take = () => {
      if (!seen.has(finder.value)) return;
      const lines = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
      if (!lines.includes(finder.value)) area.value = [...lines, finder.value].join("\n");
      finder.value = "";
      unsaved = true;
    };
    finder.addEventListener("change", take);
    // Chosen from the list rather than typed.
    finder.addEventListener("input", (event) => { if (event.inputType !== "insertText") take(); });
    finder.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); take(); } });
    area.after(finder);
  });

  // -- text mode: from a fault to its line
  const text = document.getElementById("text");
  document.querySelectorAll("a[data-line]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const lines = text.value.split("\n");
    const before = lines.slice(0, Number(link.dataset.line) - 1).join("\n").length;
    const start = before && before + 1;
    text.focus();
    text.setSelectionRange(start, start + (lines[Number(link.dataset.line) - 1] || "").length);
    const height = text.scrollHeight / lines.length;
    text.scrollTop = Math.max(0, height * (Number(link.dataset.line) - 6));
    text.scrollIntoView({ block: "nearest" });
  }));
})();
