/* Leaves a protection page: by its button, or by pressing Escape three times. The page is replaced in the
   history, so that "back" does not return to it. Without this script the button is an ordinary link. */
(() => {
  "use strict";
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  const leave = () => {
    document.title = "";
    document.body.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = 0;
  let timer = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(() => { presses = 0; }, 3000);
    if (presses === 3) leave();
  });
})();
