// Sends a chosen file in small pieces and goes on where the line broke, also after the page was loaded again. Without this
// file the form sends it whole.
(function () {
  "use strict";
  var form = document.getElementById("upload");
  var shown = document.getElementById("progress");
  if (!form || !shown || !window.fetch || !window.Blob) return;
  var PIECE = 256 * 1024, ATTEMPTS = 12;
  var bar = shown.querySelector("progress"), words = shown.querySelector("p");
  var button = form.querySelector("button"), chooser = form.querySelector("input[type=file]");

  function say(text) { if (words.textContent !== text) words.textContent = text; }
  function size(bytes) {
    var lang = document.documentElement.lang, unit = bytes < 1048576 ? "kilobyte" : "megabyte";
    var number = bytes < 1048576 ? Math.ceil(bytes / 1024) : Math.round(bytes / 104857.6) / 10;
    try { return new Intl.NumberFormat(lang, { style: "unit", unit: unit }).format(number); } catch (_) { return String(number); }
  }
  function base64(text) {
    var bytes = new TextEncoder().encode(text), letters = "";
    bytes.forEach(function (byte) { letters += String.fromCharCode(byte); });
    return btoa(letters);
  }
  function ask(method, address, headers, body) {
    headers["Tus-Resumable"] = "1.0.0";
    headers["X-Form-Token"] = form.elements.csrf.value;
    return fetch(address, { method: method, headers: headers, body: body, credentials: "same-origin", redirect: "error" });
  }
  function pause(attempt) {
    return new Promise(function (go) { setTimeout(go, Math.min(15000, 500 * Math.pow(2, attempt))); });
  }
  function refused(answer) {
    return answer.text().then(function (text) { throw { words: text && text[0] !== "<" ? text : shown.dataset.failed }; });
  }
  function progress(file, sent) {
    bar.value = 100 * sent / file.size;
    say(sent < file.size
      ? shown.dataset.sending.replace("#name", file.name).replace("#sent", size(sent)).replace("#size", size(file.size))
      : shown.dataset.checking);
  }

  // An upload of the same file that stopped: the same name, size and moment of change.
  function begun(file) {
    var found = null;
    Array.prototype.forEach.call(document.querySelectorAll("[data-arriving]"), function (one) {
      var same = Number(one.dataset.size) === file.size && one.dataset.mark === file.name + " " + file.lastModified;
      if (same) found = one.dataset.arriving;
    });
    return found;
  }
  function start(file) {
    var at = begun(file);
    if (at) {
      say(shown.dataset.again.replace("#name", file.name));
      return Promise.resolve(at);
    }
    var metadata = "filename " + base64(file.name) + ",mark " + base64(file.name + " " + file.lastModified);
    return ask("POST", form.dataset.uploads, { "Upload-Length": String(file.size), "Upload-Metadata": metadata })
      .then(function (answer) { return answer.status === 201 ? answer.headers.get("Location") : refused(answer); });
  }
  // Asks where the upload stands, sends what follows, and so on; a broken line is tried again.
  function send(file, at, offset, attempt) {
    var step = offset === null
      ? ask("HEAD", at, {})
      : ask("PATCH", at, { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" }, file.slice(offset, offset + PIECE));
    return step.then(function (answer) {
      if (answer.status === 409 && offset !== null && attempt < ATTEMPTS) return send(file, at, null, attempt + 1);
      if (answer.status >= 500 && attempt < ATTEMPTS) throw new TypeError("again");
      if (!answer.ok) return refused(answer);
      var stands = Number(answer.headers.get("Upload-Offset"));
      progress(file, stands);
      if (stands === file.size && offset !== null) return null;
      return send(file, at, stands, offset === null ? attempt : 0);
    }).catch(function (error) {
      if (error.words || attempt >= ATTEMPTS) throw error;
      say(shown.dataset.waiting);
      return pause(attempt).then(function () { return send(file, at, null, attempt + 1); });
    });
  }
  form.addEventListener("submit", function (event) {
    var file = chooser.files && chooser.files[0];
    if (!file || !file.size) return;
    event.preventDefault();
    shown.hidden = false;
    if (file.size > 10 * 1024 * 1024) return say(shown.dataset.large);
    button.disabled = true;
    progress(file, 0);
    start(file).then(function (at) { return send(file, at, null, 0); }).then(function () {
      location.reload();
    }).catch(function (error) {
      say(error.words || shown.dataset.failed);
      button.disabled = false;
    });
  });
})();
