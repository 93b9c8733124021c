// The visit form: group note, phrases, similar visits, keys. The server decides; this only helps.
"use strict";

(() => {
  const form = document.querySelector("[data-visit-form]");
  if (!form) return;

  const persons = form.querySelector("[data-persons]");
  const note = form.querySelector("[data-group-note]");
  const showGroup = () => { note.hidden = !(Number(persons.value) >= Number(persons.dataset.persons)); };
  persons.addEventListener("input", showGroup);
  showGroup();

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-phrase]");
    if (!button) return;
    const field = form.elements[button.closest("[data-phrases]").dataset.phrases];
    field.value += (field.value && !/[，。；！？,;!?]$/.test(field.value) ? "；" : "") + button.dataset.phrase;
    field.focus();
  });

  if (form.dataset.similar) {
    form.addEventListener("change", (event) => {
      if (!/^(name_\d|title)$/.test(event.target.name) || event.target.value.trim().length < 2) return;
      const region = form.querySelector("[data-similar-region]");
      htmx.ajax("POST", form.dataset.similar, { source: event.target, target: region, swap: "innerHTML" });
    });
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.altKey)) return;
    event.preventDefault();
    const then = event.altKey ? "next" : "show";
    const button = form.querySelector(`button[name=then][value=${then}]`) || form.querySelector("button[type=submit]");
    form.requestSubmit(button);
  });
})();
