/* Reads a bar code into a field, where the browser can (Shape Detection API); otherwise its button stays hidden and one types. */
"use strict";
(() => {
  const button = document.querySelector("[data-scan]");
  const view = document.querySelector("[data-scanning]");
  if (!button || !view || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const field = document.getElementById(button.dataset.scan);
  const stop = () => {
    for (const track of view.srcObject ? view.srcObject.getTracks() : []) track.stop();
    view.srcObject = null;
    view.hidden = true;
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (view.srcObject) return stop();
    try {
      const reader = new BarcodeDetector({ formats: ["code_128"] });
      view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.hidden = false;
      await view.play();
      while (view.srcObject) {
        const [code] = await reader.detect(view);
        if (code) { field.value = code.rawValue; stop(); field.form.requestSubmit(); return; }
        await new Promise(requestAnimationFrame);
      }
    } catch {
      stop();
      button.hidden = true;
    }
  });
})();
