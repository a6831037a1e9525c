// A line at the foot of the window while the server cannot be reached, and while an answer takes longer than a moment.
// In place of Streamlit's own dialog, which is English and covers what the reader was reading.
(() => {
  const app = () => document.querySelector('[data-testid="stApp"]');
  const line = document.createElement("div");
  line.className = "notice";
  line.setAttribute("role", "status");
  document.body.append(line);

  const again = () => {
    // the page is only given up once the server answers, or the reader would be left with nothing
    fetch("./_stcore/health", { cache: "no-store" }).then((answer) => answer.ok && location.reload(), () => say("still"));
  };

  let said = "";
  const say = (what) => {
    if (what === said) return;
    said = what;
    line.replaceChildren();
    line.dataset.says = what;
    if (!what) return;
    line.append(window.notices[what]);
    if (what === "busy") return;
    const button = document.createElement("button");
    button.textContent = window.notices.again;
    button.onclick = again;
    line.append(" ", button);
  };

  let due = 0;
  let waitsFor = "";
  const look = () => {
    if (!window.notices) return; // no page has come yet
    const { testConnectionState: connection, testScriptState: script } = app()?.dataset ?? {};
    const isLost = Boolean(connection) && connection !== "CONNECTED";
    document.body.classList.toggle("is-lost", isLost);
    const what = isLost ? "lost" : script && !["notRunning", "initial"].includes(script) ? "busy" : "";
    if (isLost) document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]')?.click();
    line.classList.toggle("beside-bar", Boolean(document.querySelector('[class*="st-key-cancel-"]')));
    if (what === waitsFor) return;
    if (waitsFor === "lost") dispatchEvent(new Event("connectedagain"));
    waitsFor = what;
    dispatchEvent(new Event(`run${what === "busy" ? "begun" : "ended"}`));
    clearTimeout(due);
    if (what) due = setTimeout(() => say(what), 1000);
    else say("");
  };
  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
})();
