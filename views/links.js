// Links of ours are followed inside the running app: the address changes as by the browser's own "forward", and
// Streamlit's router shows the page. Without it, or for another tab, they are the plain links that they are.
(() => {
  if (window.followsLinks) return;
  window.followsLinks = true;
  const app = () => document.querySelector('[data-testid="stApp"]');
  const main = () => document.querySelector('[data-testid="stMain"]');
  const isConnected = () => app()?.dataset.testConnectionState === "CONNECTED";
  const isEmbedded = () => new URLSearchParams(location.search).get("embed") === "true";
  const isRunning = () => app()?.dataset.testScriptState !== "notRunning";

  // A link with an id changes the page around it, so the reader stays at it; any other leads to the top of a page.
  let stay = null;
  const follow = (to, id) => {
    const top = main().scrollTop;
    history.replaceState({ ...history.state, top }, "");
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    stay = id ? { id, top } : null;
    if (id) return;
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
    if (isConnected()) follow(to, link.id);
    else wanted = [to, link.id];
  });

  // Asked for while the server could not be reached: followed once it can. Left to the browser, the page would be lost.
  let wanted = null;
  addEventListener("connectedagain", () => {
    if (wanted) follow(...wanted);
    wanted = null;
  });

  // Back to where the reader was on the page, once it is there again; a reader who scrolls has the last word.
  let since = 0;
  const stop = () => { since = 0; };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, stop, { passive: true });
  addEventListener("popstate", (move) => {
    const top = move.state?.top;
    if (!top) return;
    const begun = performance.now();
    let hasRun = false;
    since = begun;
    const again = () => {
      if (since !== begun || performance.now() - begun > 15000) return;
      hasRun ||= isRunning();
      main().scrollTop = top;
      if (hasRun && !isRunning() && Math.abs(main().scrollTop - top) < 2) return;
      requestAnimationFrame(again);
    };
    again();
  });

  const settled = () => {
    if (!stay) return;
    main().scrollTop = stay.top;
    document.getElementById(stay.id)?.focus({ preventScroll: true });
    stay = null;
  };
  const watch = new MutationObserver(() => { if (!isRunning()) setTimeout(settled, 100); });
  watch.observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
})();
