"use strict";
// Everything here only shows, hides and moves to what is on the page already: without it the page is complete.
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const root = document.documentElement;
  all(".tools, .filters").forEach((part) => { part.hidden = false; });

  // Light and dark. A page opened from disk may have no storage: the choice then holds until it is closed.
  const remembered = () => { try { return localStorage.getItem("harmonyguard-theme"); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem("harmonyguard-theme", theme); } catch { /* not kept */ } };
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const themeButton = one("#theme");
  const setTheme = (theme) => {
    root.dataset.theme = theme;
    themeButton.setAttribute("aria-pressed", String(theme === "dark"));
  };
  const turnTheme = () => { const theme = isDark() ? "light" : "dark"; setTheme(theme); remember(theme); };
  if (["light", "dark"].includes(remembered())) setTheme(remembered());
  themeButton.setAttribute("aria-pressed", String(isDark()));
  themeButton.addEventListener("click", turnTheme);

  const steps = all(".step");
  if (!steps.length) return;

  // Filters: outcomes (any of those that are on), a policy, and words.
  const tones = all(".filter");
  const byPolicy = one("#by-policy");
  const byWords = one("#by-words");
  const marks = new Map(all(".timeline li").map((mark) => [`step-${mark.dataset.step}`, mark]));
  const words = (step) => Array.from(step.querySelectorAll(":scope > header, .attempt"), (part) => part.textContent);
  const texts = new Map(steps.map((step) => [step, words(step).join(" ").toLowerCase()]));
  const filter = () => {
    const wanted = tones.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.tone);
    const policy = byPolicy ? byPolicy.value : "";
    const asked = byWords.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const step of steps) {
      const fits = (!wanted.length || wanted.includes(step.dataset.tone))
        && (!policy || step.dataset.policies.split(" ").includes(policy))
        && asked.every((word) => texts.get(step).includes(word));
      step.hidden = !fits;
      marks.get(step.id).classList.toggle("out", !fits);
      left += fits ? 1 : 0;
    }
    one("#shown").textContent = left === steps.length ? "" : `${left} of ${steps.length} steps`;
    one("#nothing").hidden = left > 0;
  };
  const clear = () => {
    tones.forEach((button) => button.setAttribute("aria-pressed", "false"));
    if (byPolicy) byPolicy.value = "";
    byWords.value = "";
    filter();
  };
  for (const button of tones) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  if (byPolicy) byPolicy.addEventListener("change", filter);
  byWords.addEventListener("input", filter);
  one("#filters").addEventListener("submit", (event) => event.preventDefault());
  // A link to a step that the filters hide takes them off.
  const reveal = () => { const step = steps.find((s) => `#${s.id}` === location.hash); if (step && step.hidden) clear(); };
  addEventListener("hashchange", reveal);

  // Keyboard.
  const help = one("#help");
  one("#help-button").addEventListener("click", () => help.showModal());
  one("#help-close").addEventListener("click", () => help.close());
  let current = null;
  const choose = (step) => {
    if (current) current.classList.remove("current");
    current = step;
    current.classList.add("current");
    all(".timeline a[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    const link = marks.get(step.id).querySelector("a");
    link.setAttribute("aria-current", "step");
    const list = link.closest("ol");
    const at = link.getBoundingClientRect().left - list.getBoundingClientRect().left;
    if (at < 0 || at > list.clientWidth - 60) list.scrollLeft += at - list.clientWidth / 2;
    step.scrollIntoView({ block: "start" });
    step.querySelector("h2").focus({ preventScroll: true });
  };
  const move = (by) => {
    const shown = steps.filter((step) => !step.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(current);
    choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
  };
  const enlarge = () => {
    const shots = Array.from((current || steps.find((s) => !s.hidden) || steps[0]).querySelectorAll(".shot"));
    const open = shots.some((shot) => !shot.open);
    shots.forEach((shot) => { shot.open = open; });
  };
  const keys = {
    j: () => move(1), k: () => move(-1), f: () => byWords.focus(), o: enlarge, t: turnTheme,
    "?": () => help.showModal(), Escape: clear,
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (typing && event.key === "Escape") event.target.blur();
    if ((typing && event.key !== "Escape") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  performance.mark("harmonyguard-ready");
})();
