// Links of ours are followed inside the running app: the address changes as by the browser's own "forward", and
// Streamlit's router shows the page. Without it, or for another tab, they are the plain links that they are.
(() => {
  const app = () => document.querySelector('[data-testid="stApp"]');
  const main = () => document.querySelector('[data-testid="stMain"]');
  const isConnected = () => app()?.dataset.testConnectionState === "CONNECTED";
  const isEmbedded = () => new URLSearchParams(location.search).get("embed") === "true";
  const isRunning = () => app()?.dataset.testScriptState !== "notRunning";

  // A link with an id changes the page around it, so the reader stays at it; any other leads to the top of a page.
  const follow = (to, id) => {
    const top = main().scrollTop;
    history.replaceState({ ...history.state, top }, "");
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (id) return hold(top, id);
    main().scrollTop = 0;
    main().focus({ preventScroll: true }); // where a screen reader goes on, as after a load
  };

  document.addEventListener("click", (click) => {
    const link = click.target.closest?.(".pg a[href]");
    const plain = !click.defaultPrevented && !click.button && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;
    if (!link || !plain) return;
    const to = new URL(link.href, document.baseURI);
    if (link.classList.contains("afresh") || link.getAttribute("href")[0] === "#") return;
    if (isEmbedded()) Object.assign(link, { target: "_blank", rel: "noopener" }); // the tracker opens beside the page that it stands in
    if (link.target === "_blank" || to.origin !== location.origin || to.hash) return;
    click.preventDefault();
    const isAskedAgain = wanted?.[0].href === to.href;
    wanted = [to, link.id];
    if (isConnected() && (isAskedAgain || !isUntold)) goOn();
    else if (isConnected()) setTimeout(goOn, 3000); // no run came: what was typed says what was there before
  });

  // Asked for while the server could not be reached: followed once it can. Left to the browser, the page would be lost.
  let wanted = null;
  const goOn = () => {
    if (wanted && isConnected()) {
      follow(...wanted);
      wanted = null;
    }
  };
  addEventListener("connectedagain", goOn);

  // What is typed is told to the server when its field is left, as for a link. A busy server that is asked for another
  // page before it began with that forgets it; so the other page is asked for after the run that it makes.
  let isUntold = false;
  document.addEventListener("input", ({ target }) => { isUntold ||= target.matches("textarea, input[type=text]:not([role=combobox])"); }, true);
  addEventListener("runbegun", () => { isUntold = false; });
  addEventListener("runended", goOn);

  // The reader is held at a place, and at a link, while the page around it is drawn anew: on "back", and at a switch.
  // Who scrolls, presses a key or moves the focus has the last word.
  let since = 0;
  let held = "";
  const stop = () => { since = 0; };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, stop, { passive: true });
  addEventListener("focusin", ({ target }) => { if (held && target.id !== held) stop(); });
  const hold = (top, id) => {
    const begun = performance.now();
    let hasRun = false;
    let calm = 0;
    since = begun;
    held = id ?? "";
    const again = () => {
      const now = performance.now();
      if (since !== begun || now - begun > 15000) return;
      hasRun ||= isRunning();
      main().scrollTop = top;
      if (id && document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
      calm = hasRun && !isRunning() && Math.abs(main().scrollTop - top) < 2 ? calm || now : 0;
      if (calm && now - calm >= (id ? 2000 : 0)) return; // a drawn link may be drawn once more
      requestAnimationFrame(again);
    };
    again();
  };
  addEventListener("popstate", (move) => { if (move.state?.top) hold(move.state.top); });
})();
