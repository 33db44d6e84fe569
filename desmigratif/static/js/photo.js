/* Makes a photo smaller before it is sent: at most 1600 pixels long, as JPEG. A slow network then sends some
   200 KB instead of 5 MB. Without this script, or when the browser cannot do it, the photo goes as it is. */
(() => {
  "use strict";
  const LONGEST = 1600;
  const QUALITY = 0.8;
  const SMALL = 300 * 1024;

  const shrunk = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    return blob && blob.size < file.size ? new File([blob], "foto.jpg", { type: "image/jpeg" }) : null;
  };

  for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
    input.addEventListener("change", async () => {
      const file = input.files[0];
      if (!file || !file.type.startsWith("image/") || file.size <= SMALL) return;
      try {
        const small = await shrunk(file);
        if (!small || input.files[0] !== file) return;
        const chosen = new DataTransfer();
        chosen.items.add(small);
        input.files = chosen.files;
      } catch {
        // The photo goes as it is; the server makes it smaller.
      }
    });
  }
})();
