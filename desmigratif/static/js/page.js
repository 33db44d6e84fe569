/* Four courtesies on every page; everything works without them. */
(() => {
  "use strict";

  // Bring the reader to the list of mistakes.
  const summary = document.getElementById("periksa");
  if (summary) summary.focus();

  // One press, one sending. The server answers a second delivery with the first result anyway.
  const WAIT = 10000;
  const sending = new WeakMap();
  const release = (form) => {
    clearTimeout(sending.get(form));
    sending.delete(form);
    for (const button of form.querySelectorAll("[data-waits]")) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("data-waits");
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    sending.set(form, setTimeout(release, WAIT, form));
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (button.getAttribute("aria-disabled")) continue;
      button.setAttribute("aria-disabled", "true");
      button.setAttribute("data-waits", "");
    }
  });
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // At least two minutes before the session ends (it may end a minute early), offer to stay.
  const stay = document.getElementById("sesi");
  if (stay) {
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      stay.hidden = true;
      timer = setTimeout(() => { stay.hidden = false; }, (stay.dataset.seconds - 180) * 1000);
    };
    stay.querySelector("button").addEventListener("click", () => {
      fetch(stay.dataset.stay, { method: "HEAD" }).then((answer) => {
        if (answer.ok && !answer.redirected) wait();
      }).catch(() => {});
    });
    document.addEventListener("htmx:afterRequest", wait);
    wait();
  }

  // Back from the browser's memory: nothing is being sent.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) release(form);
  });
})();
