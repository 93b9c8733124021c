// The form above the duty desk's log: Ctrl+Enter saves and goes on, Alt+Enter saves and opens. The server decides.
"use strict";

(() => {
  const form = document.querySelector("[data-desk-form]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.altKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(`button[name=then][value=${event.altKey ? "show" : "next"}]`));
  });
})();
