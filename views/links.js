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

  const follow = (to) => {
    history.replaceState({ ...history.state, top: main().scrollTop }, "");
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
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
    if (isConnected()) follow(to);
    else wanted = to;
  });

  // Asked for while the server could not be reached: followed once it can. Left to the browser, the page would be lost.
  let wanted = null;
  addEventListener("connectedagain", () => {
    if (wanted) follow(wanted);
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
})();
