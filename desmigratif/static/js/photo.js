/* Makes a photo smaller before it is sent: at most 200 KB where a readable JPEG can be that small. A slow network
   then sends 200 KB instead of 5 MB. Without this script, or when the browser cannot do it, the photo goes as it is. */
(() => {
  "use strict";
  const SMALL = 200 * 1024;
  // Longest side and quality, tried in this order; the server's are the same (migrants/uploads.py).
  const TRIES = [[1600, 0.85], [1600, 0.7], [1600, 0.55], [1280, 0.6], [1280, 0.45], [1024, 0.45]];

  const drawn = (picture, longest, quality) => {
    const share = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    const sheet = canvas.getContext("2d");
    sheet.fillStyle = "#fff"; // what is transparent is paper
    sheet.fillRect(0, 0, canvas.width, canvas.height);
    sheet.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
  };

  const shrunk = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    let blob = null;
    for (const [longest, quality] of TRIES) {
      blob = await drawn(picture, longest, quality);
      if (!blob || blob.size <= SMALL) break;
    }
    picture.close();
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
