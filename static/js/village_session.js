// Village sessions: adds up the parts while they are typed. The server checks everything again.
"use strict";

(() => {
  const number = (input) => {
    const text = input.value.normalize("NFKC").trim();
    return text === "" ? 0 : /^\d+$/.test(text) ? Number(text) : NaN;
  };
  const sum = (box, kind) => [...box.querySelectorAll(`[data-count="${kind}"]`)].reduce((all, i) => all + number(i), 0);

  const difference = (box, measure, name, unit) => {
    const whole = sum(box, `whole-${measure}`);
    const parts = sum(box, `part-${measure}`);
    return whole === parts || Number.isNaN(whole + parts) ? "" : `三项${name}合计 ${parts}，与总${name} ${whole} 相差 ${Math.abs(parts - whole)} ${unit}。`;
  };

  const check = (box) => {
    const note = box.querySelector("[data-sums-note]") || box.closest(".panel").querySelector("[data-sums-note]");
    const words = difference(box, "batches", "批次", "批") + difference(box, "persons", "人次", "人");
    if (note.textContent !== words) note.textContent = words;
  };

  document.querySelectorAll("[data-sums]").forEach((box) => {
    box.addEventListener("input", () => { check(box); compare(); });
    box.addEventListener("focusin", (event) => { if (event.target.matches("[data-count]")) event.target.select(); });
    check(box);
  });

  // What is ticked beside what is typed: a hint, never an error.
  const compare = () => {
    const note = document.querySelector("[data-visits-note]");
    const box = document.querySelector("[data-session-form] [data-sums]");
    if (!note || !box) return;
    const ticked = [...document.querySelectorAll("[data-day-visits] input:checked")];
    const persons = ticked.reduce((all, i) => all + Number(i.dataset.persons), 0);
    const same = ticked.length === sum(box, "whole-batches") && persons === sum(box, "whole-persons");
    note.textContent = ticked.length && !same ? ` 已勾选 ${ticked.length} 批 ${persons} 人，与填写的总计不同，请核对。` : "";
  };
  document.addEventListener("change", compare);
  document.addEventListener("htmx:afterSwap", compare);
  compare();

  // The village's last attendees, unless somebody typed others.
  const village = document.querySelector("[data-session-form] select#unit");
  const attendees = document.querySelector("#attendees");
  if (village && attendees) {
    let offered = attendees.value;
    village.addEventListener("change", () => {
      const last = village.selectedOptions[0].dataset.attendees || "";
      if (attendees.value === offered || attendees.value === "") { attendees.value = last; offered = last; }
    });
  }

  const button = document.querySelector("[data-no-visitors]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const box = document.querySelector("[data-session-form] [data-sums]");
      box.querySelectorAll("[data-count]").forEach((input) => { input.value = "0"; });
      const mode = document.querySelector("#mode");
      if (mode.value === "visitors") mode.value = "";
      if (!mode.value) mode.focus();
      check(box);
      compare();
    });
  }
})();
