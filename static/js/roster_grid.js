// The month grid: arrows move between cells, Enter goes down, a click opens the list, cells that break a rule are marked.
"use strict";

(() => {
  const table = document.querySelector(".roster-grid");
  if (!table) return;
  const inputs = (row) => [...row.querySelectorAll("input[name^=d]")];
  const isOpen = (input) => input.getAttribute("aria-expanded") === "true";
  const go = (input) => { if (input) { input.focus(); input.select(); } };

  const neighbour = (input, down, right) => {
    const row = input.closest("tr");
    const at = inputs(row).indexOf(input);
    if (right) return inputs(row)[at + right];
    for (let next = row; (next = down > 0 ? next.nextElementSibling : next.previousElementSibling);) {
      if (inputs(next)[at]) return inputs(next)[at];
    }
    return null;
  };

  const atEdge = (input, right) => {
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    return all || (right > 0 ? input.selectionStart === input.value.length : input.selectionEnd === 0);
  };

  table.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!event.isTrusted || !input.matches("input[name^=d]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Enter: [1, 0] }[event.key];
    if (!step) return;
    const sideways = step[1] !== 0;
    if (isOpen(input) && event.key !== "Enter" && !sideways && input.value) return;
    if (sideways && !atEdge(input, step[1])) return;
    if (event.key === "Enter" && isOpen(input)) {
      setTimeout(() => go(neighbour(input, 1, 0)), 0);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    go(neighbour(input, ...step));
  }, true);

  table.addEventListener("focusin", (event) => { if (event.target.matches("input[name^=d]")) event.target.select(); });

  table.addEventListener("click", (event) => {
    const input = event.target;
    if (input.matches("input[name^=d]") && !isOpen(input)) {
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
    }
  });

  const mark = () => {
    const told = [...document.querySelectorAll("#roster-conflicts [data-cells]")];
    const bad = new Set(told.flatMap((line) => line.dataset.cells.split(" ")));
    table.querySelectorAll("input[name^=d]").forEach((input) => input.classList.toggle("cell-told", bad.has(input.name)));
  };
  document.addEventListener("htmx:afterSwap", mark);
  mark();
})();
