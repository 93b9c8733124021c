// Writing a bulletin: puts a chosen token in at the cursor, leads to a line; offers the usual period of a chosen template.
"use strict";

(() => {
  const source = document.querySelector("textarea#source");
  if (source) {
    // As if typed, so that the browser can undo it; a browser without that command gets the plain change.
    const typeIn = (text) => {
      source.focus();
      if (document.execCommand("insertText", false, text)) return;
      source.setRangeText(text, source.selectionStart, source.selectionEnd, "end");
      source.dispatchEvent(new Event("input", { bubbles: true }));
    };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-insert]");
      if (!button) return;
      const token = button.dataset.insert;
      const before = source.value.slice(0, source.selectionStart);
      const ownLine = /^〔[表图]/.test(token) && before !== "" && !before.endsWith("\n");
      typeIn((ownLine ? "\n" : "") + token + (/^〔[表图]/.test(token) ? "\n" : ""));
    });
    // A problem leads to its line.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-line]");
      if (!link) return;
      event.preventDefault();
      const lines = source.value.split("\n");
      const at = lines.slice(0, Number(link.dataset.line) - 1).join("\n").length + (link.dataset.line > 1 ? 1 : 0);
      source.focus();
      source.setSelectionRange(at, at + (lines[link.dataset.line - 1] || "").length);
      source.scrollTop = source.scrollHeight * Math.max(0, at / source.value.length - 0.1);
    });
    // A page that is left with unsaved text asks first.
    let saved = true;
    source.form.addEventListener("input", () => { saved = false; });
    source.form.addEventListener("submit", () => { saved = true; });
    window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
  }

  const period = document.querySelector("input#period");
  const templates = [...document.querySelectorAll("[data-usual-period]")];
  if (period && templates.length) {
    let offered = period.value;
    templates.forEach((choice) => choice.addEventListener("change", () => {
      if (period.value === offered || period.value === "") { offered = choice.dataset.usualPeriod; period.value = offered; }
    }));
  }
})();
