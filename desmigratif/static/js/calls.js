// Draws the description of the API (villages/api_reading.html). Calls made here carry the page's form token.
const place = document.getElementById("calls");
const token = document.querySelector("#calls-token input[name=csrfmiddlewaretoken]").value;

window.SwaggerUIBundle({
  url: place.dataset.description,
  domNode: place,
  validatorUrl: "none",
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  requestInterceptor(call) {
    if (new URL(call.url, location.href).origin === location.origin) call.headers["X-CSRFToken"] = token;
    return call;
  },
});
