"use strict";
document.getElementById("again").addEventListener("click", () => window.location.reload());
new MutationObserver(() => {
  if (document.body.classList.contains("-closed")) document.getElementById("again").focus();
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
