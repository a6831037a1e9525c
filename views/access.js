// For who reads by ear or by keyboard: what Streamlit leaves out.
(() => {
  const part = (where) => document.querySelector(where);

  // Who cannot see that the page has changed is told what is new of it: its title, else its heading, else its chart.
  const voice = document.body.appendChild(document.createElement("div"));
  voice.className = "voice";
  voice.setAttribute("role", "status");
  const heard = () => [document.title, part(".pg h1")?.innerText, part(".stPlotlyChart[role=figure]")?.ariaLabel];
  const known = [];
  const settled = () => {
    const now = heard();
    const changed = now.find((text, k) => text && known[k] && text !== known[k]);
    now.forEach((text, k) => { known[k] = text || known[k]; }); // what is drawn anew is gone for a moment
    if (changed) voice.textContent = changed;
  };
  const begun = () => heard().forEach((text, k) => { known[k] ||= text; }); // a reader may be faster than the page
  const isRunning = () => part('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning";
  let due = 0;
  const look = () => {
    if (!window.notices) return; // no page has come yet
    clearTimeout(due);
    due = setTimeout(() => (isRunning() ? begun() : settled()), 150);
  };
  const attributeFilter = ["data-test-script-state", "aria-label"];
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter });
  look();

  // A popover stands at the end of the document: the keyboard is led in when it opens, and back to its button after.
  const button = () => part('[data-testid="stPopoverButton"][aria-expanded="true"]');
  const within = () => [...(part('[data-testid="stPopoverBody"]')?.querySelectorAll('a[href], button, input, [tabindex="0"]') ?? [])]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.getClientRects().length);
  let presses = 0; // the reader's: whoever goes on is left alone
  const enter = (from, at, since) => {
    const passed = performance.now() - since;
    if (at !== presses || passed > 20000) return;
    const first = button() === from && within()[0];
    const isLost = [document.body, from].includes(document.activeElement); // also when the page is drawn anew
    if (first && document.activeElement !== first && (isLost || passed < 3000)) first.focus();
    requestAnimationFrame(() => enter(from, at, since)); // what is first may come last
  };
  addEventListener("pointerdown", () => { presses += 1; }, true);
  document.addEventListener("click", (click) => {
    const opener = !click.detail && click.target.closest?.('[data-testid="stPopoverButton"]'); // by keyboard
    if (opener) setTimeout(enter, 50, opener, presses, performance.now());
  });
  document.addEventListener("keydown", (press) => {
    presses += 1;
    const opener = press.target.closest?.('[data-testid="stPopoverBody"]') && button();
    if (!opener) return;
    const inside = within();
    if (press.key === "Tab" && press.target === inside.at(press.shiftKey ? 0 : -1)) {
      opener.focus(); // from there the browser goes on to what follows
      if (press.shiftKey) press.preventDefault();
    }
    if (press.key === "Escape") setTimeout(() => { if (document.activeElement === document.body) opener.focus(); }, 50);
  }, true);
})();
