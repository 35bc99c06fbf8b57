// Comfort only: every page works without this file.
(function () {
  "use strict";

  // Counts characters under a text with a limit; Russian texts carry their own, larger limit.
  document.querySelectorAll("[data-limit]").forEach(function (field) {
    var counter = document.getElementById(field.id + "-count");
    if (!counter) return;
    var limit = Number(field.dataset.limit);
    var show = function () {
      var used = Array.from(field.value).length;
      counter.textContent = used + " / " + limit;
      counter.classList.toggle("over", used > limit);
    };
    field.addEventListener("input", show);
    show();
  });

  // Asks before typed text is left behind.
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var changed = false;
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
  });

  // Leads the reader to the summary of errors.
  var errors = document.getElementById("errors");
  if (errors) errors.focus();

  // Applies a filter as soon as it is chosen.
  document.querySelectorAll("form[data-filter] select").forEach(function (select) {
    select.addEventListener("change", function () { select.form.requestSubmit(); });
  });
})();
