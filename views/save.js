// A chart as PNG or SVG is drawn here, in the reader's browser, by the chart library that is on the page anyway.
// Streamlit does not promise that it can be reached: where it cannot, the library's own camera is brought to light.
(() => {
  if (window.savesCharts) return;
  window.savesCharts = true;
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const drawn = async ({ figure, kind, scale, density }) => {
    const sheet = JSON.parse(figure);
    const { width, height } = sheet.layout;
    const address = await window.Plotly.toImage(sheet, { format: kind, width, height, scale: Number(scale) });
    const content = address.slice(address.indexOf(",") + 1);
    if (kind === "svg") return new Blob([decodeURIComponent(content)], { type: "image/svg+xml" });
    const png = bytes(content); // its size on paper goes behind its head of 33 bytes
    return new Blob([png.slice(0, 33), bytes(density), png.slice(33)], { type: "image/png" });
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  document.addEventListener("click", async (click) => {
    const button = click.target.closest?.("button.save");
    if (!button || button.disabled) return;
    const told = button.parentElement.querySelector("[role=status]");
    button.disabled = true;
    try {
      save(await drawn(button.dataset), button.dataset.name);
      told.textContent = button.dataset.done;
    } catch (why) {
      console.warn(why);
      document.documentElement.classList.add("camera");
      told.textContent = button.dataset.failed;
    }
    button.disabled = false;
  });
})();
