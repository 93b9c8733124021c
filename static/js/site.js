// Small conveniences; every page works without them.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});

// Where the session has run out, a lookup on the side must not carry a half-filled form away: saving will keep it.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status === 401 && event.detail.elt.closest("form[method=post]")) event.preventDefault();
});

// A refused filter is shown as a whole page, with its message at the field; so is the one that mends it.
const asWholePage = (event, isNeeded) => {
  const form = event.detail.elt.closest("form[method=get]");
  if (!form || !isNeeded(form)) return;
  event.preventDefault();
  form.submit();
};
document.addEventListener("htmx:beforeOnLoad", (event) => asWholePage(event, () => event.detail.xhr.status === 422));
document.addEventListener("htmx:beforeRequest", (event) => asWholePage(event, (form) => form.querySelector(".field-error")));

// A table wider than its box is scrolled by keyboard too.
const reachBySideScroll = () => {
  document.querySelectorAll(".table-wrap").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });
};
document.addEventListener("htmx:afterSwap", reachBySideScroll);
window.addEventListener("resize", reachBySideScroll);

document.addEventListener("DOMContentLoaded", () => {
  reachBySideScroll();
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
  if (window.matchMedia("(max-width: 760px)").matches) {
    const menu = document.querySelector(".site-menu");
    if (menu) menu.removeAttribute("open");
  }
});

// A form is sent once: its buttons rest until the answer comes.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") {
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, form.enctype === "multipart/form-data" ? 60000 : 4000);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// One box ticks all of a form; without scripts a link does.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (!all) return;
  document.querySelectorAll(`input[type=checkbox][form="${all.dataset.tickAll}"]`).forEach((box) => { box.checked = all.checked; });
});
