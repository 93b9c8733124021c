// A list under a text field: characters, codes or pinyin initials find a line. Without scripts the server understands the same text.
"use strict";

(() => {
  const loaded = new Map();
  const load = (address) => {
    if (!loaded.has(address)) {
      loaded.set(address, fetch(address, { headers: { "X-Polling": "1" } }).then((r) => (r.ok ? r.json() : [])).catch(() => []));
    }
    return loaded.get(address);
  };

  const isSubsequence = (sought, word) => {
    let at = 0;
    for (const letter of word) if (letter === sought[at]) at += 1;
    return at === sought.length;
  };

  const score = (sought, line) => {
    const name = line.label.toLowerCase();
    const last = name.split("/").pop();
    const aliases = line.aliases.toLowerCase();
    const shorts = (line.alias_initials || "").split(";");
    if ([name, last, line.code.toLowerCase(), line.initials].includes(sought) || aliases.split(";").includes(sought)) return 0;
    if (shorts.includes(sought)) return 1;
    if ([name, last, line.initials, line.spelling, line.code.toLowerCase()].some((w) => w.startsWith(sought))) return 1;
    if (name.includes(sought) || line.initials.includes(sought)) return 2;
    if (aliases.includes(sought) || (line.hint || "").includes(sought)) return 3;
    if (sought.length > 1 && shorts.some((word) => word.startsWith(sought))) return 3;
    if (sought.length > 1 && isSubsequence(sought, line.initials)) return 4;
    return null;
  };

  const find = (lines, text) => {
    const sought = text.replace(/[\s'’]/g, "").toLowerCase();
    if (!sought) return lines.slice(0, 12);
    return lines
      .map((line, order) => ({ line, order, score: score(sought, line) }))
      .filter((found) => found.score !== null)
      .sort((a, b) => a.score - b.score || a.order - b.order)
      .slice(0, 12)
      .map((found) => found.line);
  };

  let serial = 0;

  const enhance = (box) => {
    const input = box.querySelector("input");
    const list = document.createElement("ul");
    list.id = `choices-${(serial += 1)}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "可选项");
    list.hidden = true;
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    let shown = [];
    let active = -1;
    let typed = false;

    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      active = -1;
    };
    const mark = (at) => {
      active = at;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const choose = (at) => {
      input.value = shown[at].label;
      typed = false;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const open = async () => {
      const lines = await load(box.dataset.choices);
      if (document.activeElement !== input) return;
      shown = find(lines, typed ? input.value : "");
      list.replaceChildren(...shown.map((line, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.setAttribute("role", "option");
        item.textContent = line.label;
        const small = document.createElement("small");
        small.textContent = ` ${line.recent ? "最近用过 " : ""}${line.hint || ""}`.slice(0, 30);
        item.append(small);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(i); });
        return item;
      }));
      list.hidden = shown.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(typed && shown.length ? 0 : -1);
    };

    input.addEventListener("input", () => { typed = true; open(); });
    input.addEventListener("focus", () => { load(box.dataset.choices); if (!input.value) open(); });
    input.addEventListener("blur", () => {
      if (typed && input.value.trim() && active >= 0 && !list.hidden) choose(active); else close();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { open(); return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((active + step + shown.length) % shown.length);
      } else if (event.key === "Enter" && !event.ctrlKey && !event.altKey) {
        event.preventDefault(); // Enter chooses; it never sends a half-filled form
        if (!list.hidden && active >= 0) choose(active);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
  };

  document.querySelectorAll("[data-choices]").forEach(enhance);
})();
