// Comfort only: every page works without this file, and nothing here decides anything.
(function () {
  "use strict";

  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };

  // Counts characters under a text with a limit, as the server does: characters, not bytes. The words come from the
  // page, in its language; Russian texts carry their own, larger limit.
  function count(field) {
    var counter = document.getElementById(field.id + "-count");
    if (!counter) return;
    var left = Number(field.dataset.limit) - Array.from(field.value).length;
    var words = left < 0 ? counter.dataset.over : counter.dataset.left;
    counter.textContent = words
      ? words.replace("#", Math.abs(left).toLocaleString(document.documentElement.lang))
      : String(left);
    counter.classList.toggle("over", left < 0);
  }
  document.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.limit) count(event.target);
  });
  all("[data-limit]").forEach(count);

  // Asks before typed text is left behind.
  all("form[data-keep]").forEach(function (form) {
    var changed = false;
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    form.addEventListener("kept", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
  });

  // Adds a row by copying the last one. Without scripts the same button asks the server for it.
  // `from` and `to` are the numbers of the rows as they stand in names: indicators[2].name, indicators.2.name.
  function renumber(text, from, to) {
    var number = new RegExp("(^|\\D)" + from + "(?=\\D|$)");
    return text.split(" ").map(function (part) { return part.replace(number, "$1" + to); }).join(" ");
  }
  function added(last, number) {
    var row = last.cloneNode(true);
    var from = last.dataset.row;
    row.dataset.row = number;
    all("[id], [for], [name], [aria-describedby], [aria-labelledby]", row).forEach(function (part) {
      ["id", "for", "name", "aria-describedby", "aria-labelledby"].forEach(function (attribute) {
        if (part.hasAttribute(attribute)) {
          part.setAttribute(attribute, renumber(part.getAttribute(attribute), from, number));
        }
      });
    });
    all("input, textarea, select", row).forEach(function (field) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else field.value = "";
      field.removeAttribute("aria-invalid");
    });
    all(".error", row).forEach(function (message) { message.remove(); });
    all(".wrong", row).forEach(function (part) { part.classList.remove("wrong"); });
    all("[data-row-number]", row).forEach(function (part) { part.textContent = Number(number) + 1; });
    return row;
  }
  all("button[data-add]").forEach(function (button) {
    var rows = document.getElementById(button.dataset.add);
    if (!rows) return;
    var most = Number(button.dataset.max) || Infinity;
    var held = function () { return all("[data-row]", rows); };
    var close = function () { button.hidden = held().length >= most; };
    button.addEventListener("click", function (event) {
      var last = held().pop();
      if (!last) return;
      event.preventDefault();
      if (held().length >= most) return;
      var row = added(last, Number(last.dataset.row) + 1);
      last.after(row);
      all("[data-limit]", row).forEach(count);
      close();
      var first = row.querySelector("input:not([type=hidden]), textarea, select");
      if (first) {
        first.focus();
        first.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
    close();
  });

  // Saves in passing, some seconds after the last key, until somebody else saves too or the server says no: then it says so,
  // leaves the text where it is and stops; the button brings both texts together.
  all("form[data-autosave]").forEach(function (form) {
    var said = document.getElementById("autosave");
    if (!said || !window.fetch || !window.URLSearchParams) return;
    var waiting, isOver = false, changes = 0;
    var stop = function (words) { isOver = true; said.textContent = words || said.dataset.failed; };
    function save() {
      var seen = changes;
      fetch(form.dataset.autosave, {
        method: "POST", credentials: "same-origin", redirect: "error", body: new URLSearchParams(new FormData(form)),
      }).then(function (answer) {
        if (answer.status !== 200 && answer.status !== 409) return stop();
        return answer.json().then(function (told) {
          if (answer.status === 409) return stop(told.words);
          form.elements.revision.value = told.revision;
          said.textContent = told.words;
          if (seen === changes) form.dispatchEvent(new CustomEvent("kept"));
          else later();
        });
      }).catch(function () { stop(); });
    }
    function later() {
      clearTimeout(waiting);
      if (!isOver) waiting = setTimeout(save, 8000);
    }
    form.addEventListener("input", function () { changes += 1; later(); });
    form.addEventListener("submit", function () { clearTimeout(waiting); isOver = true; });
  });

  // Says now and then that the form is open and at which question, and shows who else has it open, until the server says no.
  var presence = document.getElementById("presence");
  if (presence && window.fetch && window.URLSearchParams) {
    var touched = "", isAlone = false;
    document.addEventListener("input", function (event) { touched = event.target.name || touched; });
    setInterval(function () {
      var token = document.querySelector("#main [name=csrf]");
      if (isAlone || document.hidden || !token) return;
      fetch(presence.dataset.ask, {
        method: "POST", credentials: "same-origin", redirect: "error",
        body: new URLSearchParams({ csrf: token.value, question: touched }),
      }).then(function (answer) {
        if (answer.ok) return answer.text().then(function (part) { presence.innerHTML = part; });
        isAlone = answer.status < 500;
      }).catch(function () {});
    }, 25000);
  }

  // Asks what is similar while a title is written; the answer is a part of a page, in its language. Only the newest counts.
  var similar = document.getElementById("similar");
  if (similar && window.fetch) {
    var waiting, asked = 0;
    document.addEventListener("input", function (event) {
      if (!/^title\|/.test(event.target.name || "")) return;
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        var number = ++asked;
        var title = all("[name^='title|']").map(function (field) { return field.value; }).join(" ");
        fetch(similar.dataset.ask + "&title=" + encodeURIComponent(title), { credentials: "same-origin", redirect: "error" })
          .then(function (answer) { return answer.ok ? answer.text() : null; })
          .then(function (part) { if (part !== null && number === asked) similar.innerHTML = part; })
          .catch(function () {});
      }, 700);
    });
  }

  // Leads the reader to the summary of errors.
  var errors = document.getElementById("errors");
  if (errors) errors.focus();

  // Keeps a screen up to date. Each event holds the whole of it, so that a lost connection needs no repair; when the server
  // asks to stay away for a while, the page is loaded anew.
  all("[data-live]").forEach(function (part) {
    if (!window.EventSource) return;
    var source = new EventSource(part.dataset.live);
    source.addEventListener("screen", function (event) {
      part.innerHTML = event.data;
      part.classList.remove("lost");
    });
    source.onerror = function () {
      part.classList.add("lost");
      if (source.readyState === EventSource.CLOSED) window.setTimeout(function () { window.location.reload(); }, 15000);
    };
  });
})();
