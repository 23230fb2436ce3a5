// Uploads one file after the other with its progress, and takes files that are dropped. Without it the form works as it is.
"use strict";
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]"), zone = form.querySelector(".drop");
  const list = document.getElementById("uploads"), words = list.dataset;
  let queue = Promise.resolve();

  const send = (file) => new Promise((over) => {
    const item = document.createElement("li"), name = document.createElement("span");
    const bar = document.createElement("progress"), said = document.createElement("span");
    name.className = "name"; name.textContent = file.name;
    said.className = "said"; said.textContent = words.waiting;
    bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", file.name);
    item.append(name, bar, said); list.append(item);
    const ended = (state, text) => { item.className = state; bar.remove(); said.textContent = text; over(); };
    queue = queue.then(() => new Promise((next) => {
      const request = new XMLHttpRequest(), body = new FormData();
      body.append("files", file);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
      request.upload.onprogress = (e) => {
        if (!e.lengthComputable) return;
        bar.value = 100 * e.loaded / e.total;
        said.textContent = e.loaded < e.total ? Math.round(bar.value) + "%" : words.reading;
      };
      request.onload = () => {
        let told = {};
        try { told = JSON.parse(request.responseText); } catch { /* said below */ }
        const one = (told.files || [])[0];
        if (!one) ended("failed", told.detail || told.title || words.failed);
        else if (one.state === "quarantined") ended("failed", words.quarantined + one.problem);
        else if (one.state === "known") ended("known", words.known);
        else ended("taken", words.taken.replace("{n}", one.facts).replace("{d}", one.documents.length));
        next();
      };
      request.onerror = () => { ended("failed", words.failed); next(); };
      request.send(body);
    }));
  });
  const all = (files) => { Promise.all([...files].map(send)).then(() => { document.getElementById("after").hidden = false; }); };

  form.addEventListener("submit", (e) => { e.preventDefault(); all(input.files); input.value = ""; });
  input.addEventListener("change", () => { all(input.files); input.value = ""; });
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.remove("over"); });
  zone.addEventListener("drop", (e) => all(e.dataTransfer.files));
})();
